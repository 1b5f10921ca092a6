package org.deutero.learn;

import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A learner that can label new inputs, which evaluation and serving need.
 *
 * @param <T> tasks in a batch
 */
public interface Predictor<T extends TaskBatch<T>> extends Learner<T>, Capability {
    /**
     * Outputs for the query inputs of the tasks, at any moment of learning.
     *
     * @return logits [tasks, queries, way] or predictions [tasks, queries, outputs]
     */
    Tensor predict(Params theta, Params phi, T tasks, StepContext context);

    /** The number of steps to take when the learner is used, which may exceed those it was trained with. */
    default int evaluationSteps(T tasks) {
        return steps(tasks);
    }
}
