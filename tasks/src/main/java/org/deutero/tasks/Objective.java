package org.deutero.tasks;

import org.deutero.tensor.Losses;
import org.deutero.tensor.Tensor;

/** What a task's own loss is: the mean over examples. */
public enum Objective {
    /** Softmax cross-entropy of logits [tasks, n, way] and labels int64 [tasks, n]. */
    CROSS_ENTROPY,
    /** Squared error of predictions and targets [tasks, n, outputs]. */
    SQUARED_ERROR,
    /** Squared error of expected rewards [tasks, n, arms] at the arm that was pulled; targets are arm and reward, [tasks, n, 2]. */
    PULLED_ARM;

    /** One number a task, [tasks]. */
    public Tensor losses(Tensor outputs, Tensor targets) {
        return switch (this) {
            case CROSS_ENTROPY -> Losses.crossEntropy(outputs, targets);
            case SQUARED_ERROR -> Losses.squaredError(outputs, targets);
            case PULLED_ARM -> Losses.chosenSquaredError(outputs, targets);
        };
    }
}
