package org.deutero.methods;

import org.deutero.tensor.Losses;
import org.deutero.tensor.Tensor;

/** What a task's own loss is: the mean over examples. */
public enum Objective {
    /** Softmax cross-entropy of logits [tasks, n, way] and labels int64 [tasks, n]. */
    CROSS_ENTROPY,
    /** Squared error of predictions and targets [tasks, n, outputs]. */
    SQUARED_ERROR;

    /** One number a task, [tasks]. */
    public Tensor losses(Tensor outputs, Tensor targets) {
        return this == CROSS_ENTROPY ? Losses.crossEntropy(outputs, targets) : Losses.squaredError(outputs, targets);
    }
}
