package org.deutero.methods.disco;

import java.util.List;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Values as categorical distributions over evenly spaced bins of their signed-hyperbolic transform (Pohlen et al. 2018, arXiv 1805.11593; Bellemare, Dabney, Munos 2017).
 *
 * @param largest the last bin; the first one is minus that. 300 as published
 * @param hyperbolicEpsilon slope of the transform far from 0; 1e-3 as published
 * @param twoHotEpsilon added to the distance of two bins where a number is divided between them; 1e-5 as published
 */
public record CategoricalValue(double largest, double hyperbolicEpsilon, double twoHotEpsilon) {
    /** As published. */
    public static final CategoricalValue PUBLISHED = new CategoricalValue(300, 1e-3, 1e-5);

    /** Checks ranges. */
    public CategoricalValue {
        if (!(largest > 0 && hyperbolicEpsilon > 0 && twoHotEpsilon > 0)) {
            throw new IllegalArgumentException(
                    "the largest value, the slope and what is added to distances must be positive, not " + largest
                            + ", " + hyperbolicEpsilon + " and " + twoHotEpsilon);
        }
    }

    /** sign(x) (sqrt(|x| + 1) - 1) + e x. */
    Tensor compress(Tensor x) {
        return x.sign().mul(x.abs().add(1).sqrt().sub(1)).addScaled(x, hyperbolicEpsilon);
    }

    /** The inverse of {@link #compress}. */
    Tensor expand(Tensor x) {
        double e = hyperbolicEpsilon;
        Tensor u = x.abs().add(e + 1).mul(4 * e).add(1).sqrt().sub(1).div(2 * e);
        return x.sign().mul(u.square().sub(1));
    }

    /** The number that a distribution stands for: [..., bins] logits to [...]. */
    Tensor mean(Tensor logits) {
        int bins = (int) logits.size(logits.rank() - 1);
        double[] support = new double[bins];
        for (int i = 0; i < bins; i++) {
            support[i] = -largest + 2 * largest * i / (bins - 1);
        }
        Tensor bin = Tensor.of(support, bins, 1).to(logits.dtype()).to(logits.device());
        Tensor compressed = logits.softmax(logits.rank() - 1).matmul(bin);
        return expand(compressed.squeeze(compressed.rank() - 1));
    }

    /**
     * Cross-entropy of a distribution against a number divided between its two nearest bins.
     *
     * @param logits [..., bins]
     * @param value [...], a constant
     * @return [...], in nats
     */
    Tensor crossEntropy(Tensor logits, Tensor value) {
        int last = logits.rank() - 1;
        int bins = (int) logits.size(last);
        double distance = 2 * largest / (bins - 1);
        Tensor x = compress(value.detach()).clamp(-largest, largest);
        Tensor place = x.add(largest).div(distance);
        Tensor lower = place.to(DType.INT64);
        Tensor whole = lower.to(x.dtype());
        Tensor between = place.sub(whole).gt(0).to(DType.INT64);
        Tensor width = between.to(x.dtype()).mul(distance);
        Tensor above = whole.mul(distance).add(-largest).add(width);
        Tensor below = above.sub(x).div(width.add(twoHotEpsilon));
        Tensor index = Tensors.stack(List.of(lower, lower.add(between)), last);
        Tensor share = Tensors.stack(List.of(below, below.neg().add(1)), last);
        return logits.logSoftmax(last).gather(last, index).mul(share).sum(last).neg();
    }
}
