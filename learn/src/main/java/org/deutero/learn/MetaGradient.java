package org.deutero.learn;

import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;

/**
 * How to find out which way to change the meta-parameters: an estimator of the gradient of the meta-loss.
 *
 * <p>Estimators are interchangeable for every learner that satisfies their premise. Each says what it approximates, so that nobody is
 * first order by accident; the name is written into metrics and checkpoints.
 */
public interface MetaGradient {
    /** The name used in recipes. */
    String name();

    /** What the estimator computes and what it leaves out, in one sentence. */
    String describe();

    /**
     * Estimates the gradient of the sum over tasks of the meta-loss.
     *
     * @param theta meta-parameters; need not require gradients
     * @return loss and gradient, in the innermost open scope
     */
    <T extends TaskBatch<T>> Estimate estimate(Learner<T> learner, Params theta, T tasks, TaskContext context);
}
