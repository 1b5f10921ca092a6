package org.deutero.methods.td3;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A deterministic policy: bound times tanh of a network's outputs.
 *
 * @param network from what is seen to one number for each of an action's
 * @param bound largest absolute value of an action's numbers
 */
public record Actor(PostNormMlp network, double bound) {
    /** Fresh parameters. */
    public Params init(RandomGenerator rng, DType dtype) {
        return network.init(rng, dtype);
    }

    /** Actions [tasks, n, numbers] in states [tasks, n, observations]. */
    public Tensor act(Params policy, Tensor observations) {
        return network.apply(policy, observations).tanh().mul(bound);
    }
}
