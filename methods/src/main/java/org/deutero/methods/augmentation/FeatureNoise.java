package org.deutero.methods.augmentation;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.StepContext;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.ChannelModulation;

/**
 * Feature-wise transformation (Tseng, Lee, Huang, Yang 2020, arXiv 2001.08735): in training, what a batch normalisation puts out is scaled by 1 + n softplus(g) and shifted by n' softplus(b), with one standard normal n and n' a channel. So an encoder meets features as
 * other domains might give them. The softplus has sharpness 100: it is max(0, .) with a rounded corner.
 *
 * @param widths channels at each place of the encoder
 */
record FeatureNoise(List<Integer> widths) {
    private static final double SHARPNESS = 100;
    private static final double SCALE = 0.3;
    private static final double SHIFT = 0.5;

    FeatureNoise {
        widths = List.copyOf(widths);
    }

    /** g and b of every place, {@code scale0}, {@code shift0} and so on, [channels]; the values of the paper for a fixed transformation. */
    Params init(DType dtype) {
        Params.Builder params = Params.builder();
        for (int i = 0; i < widths.size(); i++) {
            params.put("scale" + i, Tensors.full(SCALE, dtype, widths.get(i)));
            params.put("shift" + i, Tensors.full(SHIFT, dtype, widths.get(i)));
        }
        return params.build();
    }

    /** The transformation with noise drawn for a step; copies of a task get the same. @param own g and b, [tasks, channels] */
    ChannelModulation draw(Params own, int tasks, StepContext context) {
        return modulation(own, context.draw(tasks, (rng, n) -> normal(own, rng, n)));
    }

    /** The same with other noise, drawn for a purpose. */
    ChannelModulation draw(String purpose, Params own, int tasks, StepContext context) {
        return modulation(own, context.draw(purpose, tasks, (rng, n) -> normal(own, rng, n)));
    }

    private static Params normal(Params own, RandomGenerator rng, int tasks) {
        return own.map(t -> Tensors.normal(rng, t.dtype(), tasks, t.size(1)));
    }

    private static ChannelModulation modulation(Params own, Params noise) {
        Params amounts = own.zip(
                noise,
                (strength, z) -> Functional.softplus(strength.mul(SHARPNESS))
                        .div(SHARPNESS)
                        .mul(z));
        return (place, task, h) -> {
            Tensor scale = amounts.get("scale" + place).select(0, task).add(1).reshape(1, -1, 1, 1);
            Tensor shift = amounts.get("shift" + place).select(0, task).reshape(1, -1, 1, 1);
            return h.mul(scale).add(shift);
        };
    }
}
