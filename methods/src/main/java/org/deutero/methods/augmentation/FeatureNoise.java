package org.deutero.methods.augmentation;

import org.deutero.learn.StepContext;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.ChannelModulation;

/**
 * Feature-wise transformation (Tseng, Lee, Huang, Yang 2020, arXiv 2001.08735): in training, what a block's batch normalisation puts out is scaled by 1 + n softplus(g) and shifted by n' softplus(b), with one standard normal n and n' a channel. So an encoder meets features as
 * other domains might give them. The softplus has sharpness 100: it is max(0, .) with a rounded corner.
 *
 * @param blocks of the encoder
 * @param channels of each
 */
record FeatureNoise(int blocks, int channels) {
    private static final double SHARPNESS = 100;
    private static final double SCALE = 0.3;
    private static final double SHIFT = 0.5;

    /** g and b of every block, {@code scale0}, {@code shift0} and so on, [channels]; the values of the paper for a fixed transformation. */
    Params init(DType dtype) {
        Params.Builder params = Params.builder();
        for (int i = 0; i < blocks; i++) {
            params.put("scale" + i, Tensors.full(SCALE, dtype, channels));
            params.put("shift" + i, Tensors.full(SHIFT, dtype, channels));
        }
        return params.build();
    }

    /** The transformation with noise drawn for a step; copies of a task get the same. @param own g and b, [tasks, channels] */
    ChannelModulation draw(Params own, int tasks, StepContext context) {
        Params shape = own.task(0);
        Params noise = context.draw(tasks, (rng, n) -> shape.map(t -> Tensors.normal(rng, t.dtype(), n, channels)));
        Params amounts = own.zip(
                noise,
                (strength, z) -> Functional.softplus(strength.mul(SHARPNESS))
                        .div(SHARPNESS)
                        .mul(z));
        return (block, task, h) -> {
            Tensor scale = amounts.get("scale" + block).select(0, task).add(1).reshape(1, -1, 1, 1);
            Tensor shift = amounts.get("shift" + block).select(0, task).reshape(1, -1, 1, 1);
            return h.mul(scale).add(shift);
        };
    }
}
