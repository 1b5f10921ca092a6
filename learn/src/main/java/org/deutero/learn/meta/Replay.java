package org.deutero.learn.meta;

import java.util.Optional;
import org.deutero.learn.Predictor;
import org.deutero.tasks.TaskBatch;

/**
 * Meta-parameters follow an estimator of points that were stored while tasks were learned; see {@link ReplayMetaAlgorithm}.
 *
 * @param gradient the estimator at a point
 * @param points of each task that are stored
 * @param chunk points in an update
 * @param pace factor on the meta-optimiser's rate for what moves with points
 */
public record Replay(PointwiseGradient gradient, int points, int chunk, double pace) implements EstimatedRule {
    @Override
    public String describe() {
        return gradient.describe() + "; states are stored, shuffled and gone through in chunks, each an update";
    }

    @Override
    public String cost() {
        return gradient.cost() + "; and the stored points, P each";
    }

    /** Over a whole lifetime it estimates at a fixed theta, before each step. */
    @Override
    public Optional<MetaGradient> estimator() {
        return Optional.of(gradient);
    }

    @Override
    public <T extends TaskBatch<T>> MetaAlgorithm<T> algorithm(Predictor<T> learner, MetaOptimizer optimizer) {
        return new ReplayMetaAlgorithm<>(learner, gradient, points, chunk, pace, optimizer);
    }
}
