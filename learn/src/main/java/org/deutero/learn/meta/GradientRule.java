package org.deutero.learn.meta;

import java.util.Optional;
import org.deutero.learn.Capability;
import org.deutero.learn.Predictor;
import org.deutero.learn.capability.BilevelLearner;
import org.deutero.learn.capability.LevelledLearner;
import org.deutero.tasks.TaskBatch;

/**
 * Meta-parameters follow an estimated gradient after whole lifetimes; level by level, if the learner has levels; beside a model in training, if it has one.
 *
 * @param gradient its estimator, which gives the rule its name
 */
public record GradientRule(MetaGradient gradient) implements EstimatedRule {
    @Override
    public <T extends TaskBatch<T>> MetaAlgorithm<T> algorithm(Predictor<T> learner, MetaOptimizer optimizer) {
        Optional<BilevelLearner<T>> bilevel = Capability.of(learner, BilevelLearner.class);
        if (bilevel.isPresent()) {
            return new BilevelMetaAlgorithm<>(bilevel.get(), gradient, optimizer);
        }
        Optional<LevelledLearner<T>> levelled = Capability.of(learner, LevelledLearner.class);
        return levelled.isPresent()
                ? new LevelledMetaAlgorithm<>(levelled.get(), gradient, optimizer)
                : new GradientMetaAlgorithm<>(learner, gradient, optimizer);
    }
}
