package org.deutero.learn;

import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;

/**
 * How to find out which way to change the meta-parameters: an estimator of the gradient of the meta-loss. It only estimates; {@link MetaRule} trains.
 *
 * <p>Estimators are interchangeable for every learner that satisfies their premise. Each says what it approximates, so that nobody is
 * first order by accident; the name is written into metrics and checkpoints.
 */
public interface MetaGradient extends Technique {
    /**
     * Estimates the gradient of the sum over tasks of the meta-loss.
     *
     * @param lifetime whose theta need not require gradients
     * @return loss and gradient, in the innermost open scope
     * @throws OptionsException if the learner does not fit
     */
    <T extends TaskBatch<T>> Estimate estimate(Lifetime<T> lifetime);

    /** The same, from the parts of a lifetime. */
    default <T extends TaskBatch<T>> Estimate estimate(Learner<T> learner, Params theta, T tasks, TaskContext context) {
        return estimate(new Lifetime<>(learner, theta, tasks, context));
    }
}
