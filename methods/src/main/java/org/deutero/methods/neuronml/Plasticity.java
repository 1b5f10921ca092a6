package org.deutero.methods.neuronml;

import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Other weights for other tasks: what two tasks share of active weights costs, the more the more the weight matters to all of them (equation 5
 * with soft activity). Over ordered pairs of the tasks at hand, which are those of a shard.
 */
final class Plasticity {
    /** A maximum of gradients that are all zero is replaced by this. */
    private static final double SMALLEST = 1e-30;

    private Plasticity() {}

    /**
     * sum_w p_w a_i (sum_{j != i} a_j) / (B - 1) with p = softmax(b s / max s), s the mean magnitude of gradients over tasks.
     *
     * @param activity a [tasks, P]
     * @param magnitude of the support gradients [tasks, P], constants
     * @param temperature b
     * @return [tasks]; zeros for a single task, which shares with none
     */
    static Tensor of(Tensor activity, Tensor magnitude, double temperature) {
        long tasks = activity.size(0);
        if (tasks == 1) {
            return Tensors.zeros(activity.dtype(), 1).to(activity.device());
        }
        Tensor mean = magnitude.mean(0);
        Tensor importance = mean.div(mean.max(0).clamp(SMALLEST, Float.MAX_VALUE))
                .mul(temperature)
                .softmax(0);
        Tensor others = activity.sumKeep(0).sub(activity);
        return activity.mul(others).mul(importance).sum(1).div(tasks - 1.0);
    }
}
