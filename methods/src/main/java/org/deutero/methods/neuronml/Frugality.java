package org.deutero.methods.neuronml;

import org.deutero.tensor.Tensor;

/** Few and small active weights: the l1 norm of a task's weights beyond a budget, over the number of weights (equation 4 as a hinge). */
final class Frugality {
    private Frugality() {}

    /**
     * max(0, |phi|_1 - C) / P.
     *
     * @param phi adapted weights [tasks, P]
     * @param budget C, [1]
     * @return [tasks]
     */
    static Tensor of(Tensor phi, Tensor budget) {
        return phi.abs().sum(1).sub(budget).relu().div((double) phi.size(1));
    }
}
