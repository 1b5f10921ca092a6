package org.deutero.learn.capability;

import java.util.List;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * What a learner believes about outputs: an even mixture of normal distributions, one for each sample of what it is unsure of. Given a sample, outputs are independent.
 *
 * @param means [tasks, samples, queries, outputs]
 * @param deviations standard deviations, of the same shape
 */
public record Predictive(Tensor means, Tensor deviations) {
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    /** A single normal distribution for each output, [tasks, queries, outputs]. */
    public static Predictive normal(Tensor mean, Tensor deviation) {
        return new Predictive(mean.unsqueeze(1), deviation.unsqueeze(1));
    }

    /** The mean of the mixture, [tasks, queries, outputs]. */
    public Tensor mean() {
        return means.mean(1);
    }

    /** The standard deviation of the mixture, [tasks, queries, outputs]: that within samples and that between them. */
    public Tensor deviation() {
        Tensor between = means.sub(means.meanKeep(1)).square();
        return deviations.square().add(between).mean(1).sqrt();
    }

    /**
     * The logarithm of the density, each query by itself: log-mean-exp over samples of a sum over outputs.
     *
     * @param y [tasks, queries, outputs]
     * @return [tasks, queries], in nats
     */
    public Tensor logDensity(Tensor y) {
        Tensor error = y.unsqueeze(1).sub(means).div(deviations);
        Tensor each = error.square()
                .mul(-0.5)
                .sub(deviations.log())
                .sub(HALF_LOG_TWO_PI)
                .sum(3);
        long samples = means.size(1);
        return samples == 1 ? each.squeeze(1) : each.logSumExp(1).sub(Math.log((double) samples));
    }

    /** Both tensors in one, [tasks, samples, queries, outputs, 2]. */
    public Tensor packed() {
        return Tensors.stack(List.of(means, deviations), 4);
    }

    /** What {@link #packed} has packed. */
    public static Predictive unpacked(Tensor packed) {
        return new Predictive(packed.select(4, 0), packed.select(4, 1));
    }
}
