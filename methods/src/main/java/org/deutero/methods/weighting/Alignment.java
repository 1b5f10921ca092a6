package org.deutero.methods.weighting;

import java.util.ArrayList;
import java.util.List;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * L_g of FaMUS: how far the pooled gradient of the last layer on the training batch is from that on the clean batch.
 *
 * @param weight in the meta-loss; 0 for none
 * @param pooling what is compared of a gradient [tasks, outputs, ...]
 */
public record Alignment(double weight, Pooling pooling) {
    /** None. */
    public static final Alignment NONE = new Alignment(0, Pooling.MEAN);

    /** What is compared of a gradient. */
    public enum Pooling {
        /** Its mean over all but the outputs, as in the paper. */
        MEAN,
        /** Its mean and its deviation over all but the outputs, as in the released code. */
        MOMENTS
    }

    private static final double TINY = 1e-12;

    /** The pooled gradients of a layer's tensors; one of biases is itself. */
    Params pooled(Params gradient) {
        return gradient.map(this::pooled);
    }

    private Tensor pooled(Tensor g) {
        if (g.rank() < 3) {
            return g;
        }
        Tensor rows = g.flatten(2);
        Tensor mean = rows.mean(2);
        if (pooling == Pooling.MEAN) {
            return mean;
        }
        // The root of a variance of zero has no slope.
        Tensor deviation = rows.sub(rows.meanKeep(2)).square().mean(2).add(TINY).sqrt();
        return Tensors.cat(List.of(mean, deviation), 1);
    }

    /** The weighted squared distance, [tasks]. */
    Tensor loss(Params trained, Params clean) {
        List<Tensor> parts = new ArrayList<>();
        trained.sub(pooled(clean))
                .forEach((name, away) -> parts.add(away.square().sum(1)));
        return parts.stream().reduce(Tensor::add).orElseThrow().mul(weight);
    }
}
