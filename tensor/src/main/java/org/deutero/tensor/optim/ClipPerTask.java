package org.deutero.tensor.optim;

import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * Limits the Euclidean norm of each task's gradient, all its tensors together; every tensor leads with the task dimension. Differentiable.
 *
 * @param bound largest norm; infinite for no limit
 */
public record ClipPerTask(double bound) {
    /** No limit. */
    public static final ClipPerTask NONE = new ClipPerTask(Double.POSITIVE_INFINITY);

    /** Inside of the root, so that its slope is finite at 0. */
    private static final double TINY = 1e-30;

    /** Refuses limits that let nothing through. */
    public ClipPerTask {
        if (!(bound > 0)) {
            throw new IllegalArgumentException("a largest norm must be positive, not " + bound);
        }
    }

    /** The gradients, shortened where they are too long. A NaN stays one. */
    public Params apply(Params gradients) {
        if (bound == Double.POSITIVE_INFINITY || gradients.isEmpty()) {
            return gradients;
        }
        Tensor norm = gradients.dotPerTask(gradients).add(TINY).sqrt();
        return gradients.mulPerTask(norm.pow(-1).mul(bound).clamp(0, 1));
    }
}
