package org.deutero.methods.metagenrl;

import org.deutero.tensor.Tensor;

/** Numbers of mean 0 and variance 1 in every task. */
final class Standardized {
    private Standardized() {}

    /**
     * (x - mean) / sqrt(biased variance + epsilon), over all numbers of a task.
     *
     * @param x [tasks, n, T]
     */
    static Tensor of(Tensor x, double epsilon) {
        Tensor centred = x.sub(x.meanKeep(1, 2));
        return centred.div(centred.square().meanKeep(1, 2).add(epsilon).sqrt());
    }
}
