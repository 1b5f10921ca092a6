package org.deutero.learn.gradient;

import org.deutero.tensor.Tensor;

/** Sums in which null stands for nothing. */
final class Sums {
    /** Added to a norm before division by it: nothing beside any norm of interest, in float32 too, but not zero. */
    static final double TINY = 1e-30;

    private Sums() {}

    static Tensor add(Tensor a, Tensor b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.add(b);
    }
}
