package org.deutero.methods.lpg;

import java.util.List;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/** What an objective is told of the age of a lifetime (TA-LPG; Jackson et al. 2024, arXiv 2402.05828). */
public enum Lifespan {
    /** Nothing. */
    UNTOLD,
    /** The share of updates that were made, and the logarithm of how many there will be. */
    RELATIVE,
    /** The number of updates that were made, and how many there will be: the authors' released code. */
    RAW;

    /** How many numbers that is. */
    int inputs() {
        return this == UNTOLD ? 0 : 2;
    }

    /**
     * These numbers, [lifetimes, 2].
     *
     * @param age updates that each lifetime has seen
     * @param length updates that it will have seen
     */
    Tensor features(double[] age, double[] length, DType dtype) {
        Tensor n = Tensor.of(age, age.length);
        Tensor all = Tensor.of(length, length.length);
        return Tensors.stack(this == RAW ? List.of(n, all) : List.of(n.div(all), all.log()), 1)
                .to(dtype);
    }
}
