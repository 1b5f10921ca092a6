package org.deutero.learn.gradient.adjoint;

import org.deutero.tensor.Tensor;

/** The loss of a whole lifetime, [tasks]: what the meta-loss says at its end and what steps met on the way. */
final class LifetimeLoss {
    private LifetimeLoss() {}

    /** Their sum; null on one side stands for none. */
    static Tensor of(Tensor end, Tensor met) {
        if (end == null || met == null) {
            return end == null ? met : end;
        }
        return end.add(met);
    }
}
