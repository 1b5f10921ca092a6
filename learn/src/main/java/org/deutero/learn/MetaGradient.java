package org.deutero.learn;

import java.util.Optional;
import org.deutero.options.OptionsException;
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
     * Memory and time, in words: T steps, P fast parameters, M meta-parameters, c the time of an inner gradient, a its activations, a2 the
     * graph of a differentiated step.
     */
    String cost();

    /** Why the estimator cannot serve this learner, or empty if it can. */
    default Optional<String> misfit(Learner<?> learner) {
        return Optional.empty();
    }

    /** Refuses a learner whose premise is not satisfied. @throws OptionsException with the reason */
    default void require(Learner<?> learner) {
        misfit(learner).ifPresent(reason -> {
            throw new OptionsException("meta-gradient " + name() + " does not fit this method: " + reason);
        });
    }

    /**
     * Whether there is a gradient to be had. If not, meta-parameters are moved by {@link #algorithm} itself, which has no use for a
     * meta-optimiser, and {@link #estimate} refuses.
     */
    default boolean estimates() {
        return true;
    }

    /** The meta-algorithm that trains a learner by this estimator: updates after whole lifetimes, unless an estimator knows better; one for each level, if it has levels. */
    default <T extends TaskBatch<T>> MetaAlgorithm<T> algorithm(Predictor<T> learner, MetaOptimizer optimizer) {
        return learner instanceof LevelledLearner<T> levelled
                ? new LevelledMetaAlgorithm<>(levelled, this, optimizer)
                : new GradientMetaAlgorithm<>(learner, this, optimizer);
    }

    /**
     * Estimates the gradient of the sum over tasks of the meta-loss.
     *
     * @param theta meta-parameters; need not require gradients
     * @return loss and gradient, in the innermost open scope
     * @throws OptionsException if the learner does not fit
     */
    <T extends TaskBatch<T>> Estimate estimate(Learner<T> learner, Params theta, T tasks, TaskContext context);
}
