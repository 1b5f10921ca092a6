package org.deutero.learn.capability;

import org.deutero.learn.StepContext;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;

/**
 * A rule of a learner's own that stands in for the gradient of its losses, such as one that a synapse could compute from what it sees.
 *
 * @param <T> tasks in a batch
 */
@FunctionalInterface
public interface LocalRule<T extends TaskBatch<T>> {
    /**
     * What the rule takes for the gradient of L + beta F in {@link GradientLearner#weights}, each task's own; differentiable if the context is.
     *
     * @param strength beta, of the meta-loss F; 0 when the learner learns freely
     */
    Params gradient(Params theta, Params phi, T tasks, StepContext context, double strength);
}
