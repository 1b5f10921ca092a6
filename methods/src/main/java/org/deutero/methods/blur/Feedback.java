package org.deutero.methods.blur;

import org.deutero.tasks.Objective;
import org.deutero.tensor.Tensor;

/** What the neurons of the last layer are told of the truth, in their second state. */
public enum Feedback {
    /** +1 for the true class, -1 for the others: the paper. Targets of a regression as they are. */
    SIGNED,
    /** 1 for the true class, 0 for the others. Targets of a regression as they are. */
    ONE_HOT,
    /** The derivative of the loss (a mean over the batch) with respect to the neuron's first state. */
    ERROR;

    /**
     * Feedback for a batch.
     *
     * @param outputs first states of the last layer, [tasks, batch, outputs]
     * @param targets labels int64 [tasks, batch], or [tasks, batch, outputs]
     * @param logitScale factor between outputs and logits
     * @return [tasks, batch, outputs]
     */
    Tensor of(Tensor outputs, Tensor targets, Objective objective, double logitScale) {
        boolean labels = objective == Objective.CROSS_ENTROPY;
        Tensor truth = labels ? targets.oneHot(outputs.size(2), outputs.dtype()) : targets;
        return switch (this) {
            case SIGNED -> labels ? truth.mul(2).sub(1) : truth;
            case ONE_HOT -> truth;
            case ERROR ->
                labels
                        ? outputs.mul(logitScale).softmax(2).sub(truth).mul(logitScale / outputs.size(1))
                        : outputs.sub(truth).div((double) outputs.size(1));
        };
    }
}
