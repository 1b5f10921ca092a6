package org.deutero.learn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            return new MetaState(0, theta, optimizer.init(theta), learner.statistics()).keep(s);
        }
    }

    @Override
    public Contribution contribute(MetaState state, int shard, T tasks, long seed) {
        try (Scope s = Scope.open()) {
            ShardWork work = new ShardWork(s, state, seed);
            Estimate estimate = metaGradient.estimate(learner, state.theta(), tasks, work.context());
            return work.contribution(tasks.size(), estimate, Params.EMPTY).keep(s);
        }
    }

    @Override
    public Outcome update(MetaState state, List<Contribution> shards) {
        try (Scope s = Scope.open()) {
            int tasks = shards.stream().mapToInt(Contribution::tasks).sum();
            double loss = shards.stream().mapToDouble(Contribution::loss).sum() / tasks;
            Params mean = shards.stream()
                    .map(Contribution::values)
                    .reduce(Params::add)
                    .orElseThrow()
                    .mul(1.0 / tasks);
            Params gradient = mean.child("gradient");
            double norm = gradient.norm();
            if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
                throw new NonFiniteException(
                        Double.isFinite(loss)
                                ? "the meta-gradient is not finite in " + gradient.nonFinite()
                                : "the meta-loss is " + loss);
            }
            MetaOptimizer.Update update = optimizer.update(gradient, state.slots(), state.theta(), state.iteration());
            Params statistics = RunningStatistics.after(state.statistics(), mean.child("observed"));
            MetaState next = new MetaState(state.iteration() + 1, update.theta(), update.slots(), statistics);
            Map<String, Double> diagnostics = new LinkedHashMap<>();
            mean.child("diagnostics").forEach((name, value) -> diagnostics.put(name, value.item()));
            return new Outcome(next.detach().keep(s), loss, norm, diagnostics);
        }
    }

    @Override
    public String estimator() {
        return metaGradient.name();
    }
}
