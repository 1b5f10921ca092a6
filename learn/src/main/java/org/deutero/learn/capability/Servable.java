package org.deutero.learn.capability;

import org.deutero.learn.Predictor;
import org.deutero.learn.StepContext;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A learner whose solution of a task can be kept in a file and used without the task: for answers one at a time, long after learning.
 *
 * <p>Answers are never transductive: each input is answered by itself, with statistics of the support set or running averages, whatever the learner
 * does when it is measured.
 *
 * @param <T> tasks in a batch
 */
public interface Servable<T extends TaskBatch<T>> extends Predictor<T> {
    /**
     * All that answers need, and nothing of the support set.
     *
     * @param phi after the last step
     * @param tasks a single task
     * @return tensors without a task dimension
     */
    Params solution(Params theta, Params phi, T tasks, StepContext context);

    /**
     * Logits or predictions for inputs, each by itself.
     *
     * @param solution as {@link #solution} made it
     * @param x inputs [n, features...]
     * @return [n, outputs]; the first columns belong to the classes that the task had
     */
    Tensor answer(Params solution, Tensor x);

    /** Whether the number of outputs was fixed in meta-training, so that a task may have fewer classes, but never more. */
    boolean fixedOutputs();
}
