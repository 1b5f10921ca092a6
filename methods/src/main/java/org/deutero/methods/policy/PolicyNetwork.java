package org.deutero.methods.policy;

import java.util.random.RandomGenerator;
import org.deutero.learn.action.ActionDistribution;
import org.deutero.tasks.world.Actions;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Network;

/**
 * A policy: a network from what is seen to logits of choices, or to the means of vectors whose deviations do not depend on what is seen.
 *
 * <p>Parameters are those of the network and, for vectors, {@code log-std} [numbers], which counts as at least {@link #LEAST_LOG_STD}.
 *
 * @param network with one output a choice or number
 * @param actions of the world
 * @param logStd where logarithms of deviations start; unused for choices
 * @param dtype of all numbers
 */
public record PolicyNetwork(Network network, Actions actions, double logStd, DType dtype) {
    /** A deviation of 1e-6, as in rllab. */
    public static final double LEAST_LOG_STD = Math.log(1e-6);

    private static final String LOG_STD = "log-std";
    private static final String OUTPUTS = "outputs";

    private boolean vectors() {
        return actions instanceof Actions.Box;
    }

    /** Parameters before training. */
    public Params init(RandomGenerator rng) {
        Params weights = network.init(rng, dtype);
        return vectors() ? weights.with(Params.of(LOG_STD, Tensors.full(logStd, dtype, actions.outputs()))) : weights;
    }

    /**
     * Parameters of the distributions of actions: {@code outputs} [tasks, moments, outputs] and, for vectors, {@code log-std} [tasks, 1, numbers].
     *
     * @param weights each task's own
     * @param seen [tasks, moments, observations]
     */
    Params outputs(Params weights, Tensor seen) {
        Params outputs = Params.of(OUTPUTS, network.apply(weights, seen));
        if (!vectors()) {
            return outputs;
        }
        Tensor logStd = weights.get(LOG_STD).clamp(LEAST_LOG_STD, Float.MAX_VALUE);
        return outputs.with(Params.of(LOG_STD, logStd.unsqueeze(1)));
    }

    /** What {@link #outputs} are parameters of. */
    ActionDistribution distribution(Params outputs) {
        return ActionDistribution.of(actions, outputs.get(OUTPUTS), vectors() ? outputs.get(LOG_STD) : null);
    }
}
