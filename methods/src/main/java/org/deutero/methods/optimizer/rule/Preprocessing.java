package org.deutero.methods.optimizer.rule;

import java.util.List;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * What a coordinate's gradient g is told as.
 *
 * <p>Logarithm and sign (Andrychowicz et al. 2016, appendix A): [max(log(|g| + eps) / k, -1), clamp(g e^k, -1, 1)], which is (log |g| / k, sign g) above e^-k and (-1, e^k g) below.
 */
public enum Preprocessing {
    /** As it is. */
    NONE(1),
    /** By its magnitude on a logarithmic scale, and its sign. */
    LOG_AND_SIGN(2);

    /** The distance from 1 to the next float, whatever type is computed in. */
    private static final double EPSILON = 0x1p-23;

    private final int width;

    Preprocessing(int width) {
        this.width = width;
    }

    /** Numbers that a gradient is told as. */
    int width() {
        return width;
    }

    /**
     * Gradients as told.
     *
     * @param g [tasks, coordinates]
     * @param k logarithm of the magnitude at which the scale ends, times -1
     * @return [tasks, coordinates, width]
     */
    Tensor of(Tensor g, double k) {
        if (this == NONE) {
            return g.unsqueeze(2);
        }
        Tensor magnitude = g.abs().add(EPSILON).log().div(k).clamp(-1, Double.POSITIVE_INFINITY);
        Tensor sign = g.mul(Math.exp(k)).clamp(-1, 1);
        return Tensors.stack(List.of(magnitude, sign), 2);
    }
}
