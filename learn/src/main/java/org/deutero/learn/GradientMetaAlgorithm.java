package org.deutero.learn;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

/**
 * The usual meta-algorithm: a learner, an estimator of its meta-gradient, an optimiser.
 *
 * @param learner what is meta-trained
 * @param metaGradient how its meta-gradient is estimated
 * @param optimizer how its meta-parameters move
 * @param <T> tasks in a batch
 */
public record GradientMetaAlgorithm<T extends TaskBatch<T>>(
        Predictor<T> learner, MetaGradient metaGradient, MetaOptimizer optimizer) implements MetaAlgorithm<T> {
    /** Refuses a learner that the estimator cannot serve. */
    public GradientMetaAlgorithm {
        metaGradient.require(learner);
    }

    @Override
    public MetaState init(RandomGenerator rng) {
        try (Scope s = Scope.open()) {
            Params theta = learner.metaParameters(rng);
            return new MetaState(0, theta, optimizer.init(theta), learner.statistics(theta)).keep(s);
        }
    }

    @Override
    public Contribution contribute(MetaState state, int shard, T tasks, long seed) {
        try (Scope s = Scope.open()) {
            ShardWork work = new ShardWork(s, state, seed);
            Estimate estimate = metaGradient.estimate(work.lifetime(learner, state.theta(), tasks));
            return work.contribution(tasks.size(), estimate, Params.EMPTY).keep(s);
        }
    }

    @Override
    public Outcome update(MetaState state, List<Contribution> shards) {
        return new MetaUpdate(optimizer, learner::project).apply(state, shards);
    }

    @Override
    public String estimator() {
        return metaGradient.name();
    }
}
