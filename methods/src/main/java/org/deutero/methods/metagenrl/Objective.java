package org.deutero.methods.metagenrl;

import java.util.random.RandomGenerator;
import org.deutero.methods.td3.Segments;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** A loss that policies descend, which sees what was done and what the policy would do. It acts on a policy through the actions of that policy alone. */
public interface Objective {
    /** Its parameters alpha; {@link Params#EMPTY} if nothing of it is learned. */
    Params init(RandomGenerator rng, DType dtype);

    /**
     * The loss of every step, 0 for padding, [tasks, n, T].
     *
     * @param alpha its parameters, or each with a leading task dimension
     * @param segments what was done
     * @param policy actions of the policy in the same states, [tasks, n, T, numbers]
     * @param values of all states of a segment, the end included, [tasks, n, T + 1]; constant
     */
    Tensor losses(Params alpha, Segments segments, Tensor policy, Tensor values);
}
