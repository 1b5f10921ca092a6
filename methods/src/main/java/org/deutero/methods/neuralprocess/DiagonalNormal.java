package org.deutero.methods.neuralprocess;

import org.deutero.tensor.Tensor;

/**
 * A normal distribution with independent components.
 *
 * @param mean [tasks, size]
 * @param deviation standard deviation, [tasks, size]
 */
record DiagonalNormal(Tensor mean, Tensor deviation) {
    /** mean + deviation * noise, [tasks, samples, size], for standard normal noise of that shape. */
    Tensor sample(Tensor noise) {
        return mean.unsqueeze(1).add(deviation.unsqueeze(1).mul(noise));
    }

    /** KL(this || other), summed over components, [tasks], in nats; exactly 0 for equal distributions. */
    Tensor divergence(DiagonalNormal other) {
        Tensor logRatio = deviation.log().sub(other.deviation.log()).mul(2);
        Tensor shift = mean.sub(other.mean).div(other.deviation).square();
        return logRatio.exp().add(shift).sub(1).sub(logRatio).mul(0.5).sum(1);
    }
}
