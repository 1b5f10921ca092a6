package org.deutero.learn.meta;

import java.util.Optional;
import org.deutero.learn.Predictor;
import org.deutero.tasks.TaskBatch;

/**
 * How a learner is meta-trained: the maker of a {@link MetaAlgorithm}. Most rules follow a gradient ({@link GradientRule}, {@link PerWindow}), so a recipe names them by their estimator; others, such as
 * CMA-ES, know no gradient and move the meta-parameters themselves.
 */
public interface MetaRule extends Technique {
    /** The estimator whose gradient the meta-parameters follow; empty if they move by other means, which have no use for a meta-optimiser. */
    Optional<MetaGradient> estimator();

    /**
     * What trains a learner by this rule.
     *
     * @param optimizer how meta-parameters move, if they follow a gradient
     */
    <T extends TaskBatch<T>> MetaAlgorithm<T> algorithm(Predictor<T> learner, MetaOptimizer optimizer);
}
