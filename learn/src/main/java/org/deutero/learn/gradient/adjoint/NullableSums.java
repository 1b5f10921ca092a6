package org.deutero.learn.gradient.adjoint;

import org.deutero.learn.gradient.solver.LinearSolver;
import org.deutero.tensor.Tensor;

/** Sums in which null stands for nothing. */
final class NullableSums {
    /** Added to a norm before division by it. */
    static final double TINY = LinearSolver.TINY;

    private NullableSums() {}

    static Tensor add(Tensor a, Tensor b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.add(b);
    }
}
