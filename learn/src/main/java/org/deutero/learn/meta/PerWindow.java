package org.deutero.learn.meta;

import java.util.Optional;
import org.deutero.learn.Learner;
import org.deutero.learn.Predictor;
import org.deutero.learn.capability.BilevelLearner;
import org.deutero.learn.capability.LevelledLearner;
import org.deutero.tasks.TaskBatch;

/**
 * Meta-parameters follow an estimator by windows online: theta moves after every window rather than after every lifetime.
 *
 * @param gradient the estimator of windows
 * @param replay of tasks that shards had before, if any
 */
public record PerWindow(WindowedGradient gradient, Optional<LevelReplay> replay) implements EstimatedRule {
    /** All lifetimes have new tasks. */
    public PerWindow(WindowedGradient gradient) {
        this(gradient, Optional.empty());
    }

    @Override
    public String describe() {
        return gradient.describe() + "; meta-parameters move after every window";
    }

    @Override
    public Optional<String> misfit(Learner<?> learner) {
        if (learner.as(LevelledLearner.class).isPresent()) {
            return Optional.of("its meta-parameters move level by level, after whole lifetimes");
        }
        return learner.as(BilevelLearner.class).isPresent()
                ? Optional.of("its hyper-parameters move beside a model in training, of which a lifetime is one step")
                : gradient.misfit(learner);
    }

    /** Over a whole lifetime it estimates at a fixed theta. */
    @Override
    public Optional<MetaGradient> estimator() {
        return Optional.of(gradient);
    }

    @Override
    public <T extends TaskBatch<T>> MetaAlgorithm<T> algorithm(Predictor<T> learner, MetaOptimizer optimizer) {
        return new OnlineMetaAlgorithm<>(learner, gradient, optimizer, replay);
    }
}
