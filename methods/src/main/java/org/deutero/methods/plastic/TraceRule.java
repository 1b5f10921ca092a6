package org.deutero.methods.plastic;

import org.deutero.tensor.Tensor;

/** How the trace H of a plastic connection, whose weight is w + alpha o H, follows activity (Miconi, Stanley, Clune 2018, arXiv 1804.02464, equations 2 and 3). */
public enum TraceRule {
    /** H := (1 - eta) H + eta x y', a running average. */
    HEBB_DECAY,
    /** H_ij := H_ij + eta y_j (x_i - y_j H_ij): decays only where targets are active, and stays bounded by itself. */
    OJA;

    /**
     * The trace after a step.
     *
     * @param trace H, [tasks, in, out]
     * @param x activity of the sources, [tasks, 1, in]
     * @param y activity of the targets, [tasks, 1, out]
     * @param eta [1], or [tasks, 1] for tasks with a rate of their own
     * @return [tasks, in, out]
     */
    public Tensor update(Tensor trace, Tensor x, Tensor y, Tensor eta) {
        Tensor product = outer(x, y);
        Tensor forgotten = this == HEBB_DECAY ? trace : trace.mul(y.square());
        return trace.add(product.sub(forgotten).mul(rate(eta)));
    }

    /** x' y for every task: [tasks, 1, in] and [tasks, 1, out] to [tasks, in, out]. */
    static Tensor outer(Tensor x, Tensor y) {
        return x.transpose(1, 2).matmul(y);
    }

    /** A rate that is shared, [1], or each task's own, [tasks, 1], against [tasks, in, out]. */
    static Tensor rate(Tensor eta) {
        return eta.reshape(-1, 1, 1);
    }
}
