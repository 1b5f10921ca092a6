package org.deutero.methods.metanet;

import java.util.List;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/** Two numbers for each coordinate of a gradient, its size and its sign, whatever its order of magnitude (Andrychowicz et al. 2016, appendix A). */
final class GradientFeatures {
    private static final double P = 7;
    /** Above the logarithm of any float. */
    private static final double LARGEST = 100;
    /** Keeps the logarithm finite; from the released code. */
    private static final double EPSILON = 1.2e-7;

    private GradientFeatures() {}

    /** [max(log(|g| + epsilon) / p, -1), clip(e^p g, -1, 1)] with p = 7: [...] to [..., 2]. */
    static Tensor of(Tensor gradient) {
        Tensor size = gradient.abs().add(EPSILON).log().div(P).clamp(-1, LARGEST);
        Tensor sign = gradient.mul(Math.exp(P)).clamp(-1, 1);
        return Tensors.stack(List.of(size, sign), gradient.rank());
    }
}
