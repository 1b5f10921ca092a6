package org.deutero.learn.gradient;

import org.deutero.learn.GradientLearner;
import org.deutero.learn.StepContext;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** The augmented loss L + beta F of equilibrium propagation: inner loss, nudged by the outer one. */
final class Augmented {
    private Augmented() {}

    /**
     * One number a task, [tasks].
     *
     * @param at the end of the free phase, which is where implicit differentiation asks for the inner loss
     * @param strength beta; 0 for the inner loss alone
     */
    static <T extends TaskBatch<T>> Tensor loss(
            GradientLearner<T> learner, Params theta, Params phi, T tasks, StepContext at, double strength) {
        Tensor inner = learner.innerLoss(theta, phi, tasks, at);
        return strength == 0 ? inner : inner.addScaled(learner.metaLoss(theta, phi, tasks, at), strength);
    }
}
