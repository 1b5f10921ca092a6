package org.deutero.learn.capability;

import org.deutero.learn.Predictor;
import org.deutero.learn.StepContext;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;

/**
 * A learner that can tell which of its units take part in a task it has learned, so that what it found can be looked at.
 *
 * @param <T> tasks in a batch
 */
public interface StructuredLearner<T extends TaskBatch<T>> extends Predictor<T> {
    /**
     * What is active.
     *
     * @param phi after the last step
     */
    ActiveUnits activeUnits(Params theta, Params phi, T tasks, StepContext context);
}
