package org.deutero.learn.capability;

import org.deutero.learn.Predictor;
import org.deutero.learn.StepContext;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;

/**
 * A learner of functions that knows how sure it is. {@link #predict} gives the mean of {@link #predictive}.
 *
 * @param <T> tasks in a batch
 */
public interface ProbabilisticLearner<T extends TaskBatch<T>> extends Predictor<T> {
    /** What is believed about the outputs for the query inputs, at any moment of learning. */
    Predictive predictive(Params theta, Params phi, T tasks, StepContext context);
}
