package org.deutero.learn;

import java.util.Optional;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;

/**
 * An estimator by windows that is used online: theta moves after every window rather than after every lifetime.
 *
 * @param estimator of the windows
 */
public record PerWindow(WindowedGradient estimator) implements MetaGradient {
    @Override
    public String name() {
        return estimator.name();
    }

    @Override
    public String describe() {
        return estimator.describe() + "; meta-parameters move after every window";
    }

    @Override
    public String cost() {
        return estimator.cost();
    }

    @Override
    public Optional<String> misfit(Learner<?> learner) {
        return learner instanceof LevelledLearner<?>
                ? Optional.of("its meta-parameters move level by level, after whole lifetimes")
                : estimator.misfit(learner);
    }

    /** Over a whole lifetime, at a fixed theta. */
    @Override
    public <T extends TaskBatch<T>> Estimate estimate(Learner<T> learner, Params theta, T tasks, TaskContext context) {
        return estimator.estimate(learner, theta, tasks, context);
    }

    @Override
    public <T extends TaskBatch<T>> MetaAlgorithm<T> algorithm(Predictor<T> learner, MetaOptimizer optimizer) {
        return new OnlineMetaAlgorithm<>(learner, estimator, optimizer);
    }
}
