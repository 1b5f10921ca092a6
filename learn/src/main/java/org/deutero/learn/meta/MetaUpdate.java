package org.deutero.learn.meta;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.deutero.learn.Learner;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

/**
 * The update that meta-algorithms have in common: mean over tasks, optimiser, projection, running statistics.
 *
 * @param optimizer how meta-parameters move
 * @param projection back to where they may be; see {@link Learner#project}
 */
public record MetaUpdate(MetaOptimizer optimizer, UnaryOperator<Params> projection) {
    /**
     * The state after one update, a new one.
     *
     * @param shards whose {@code gradient}, {@code observed} and {@code diagnostics} are sums over their tasks
     * @throws NonFiniteException if the loss or the gradient is not finite
     */
    public MetaAlgorithm.Outcome apply(MetaState state, List<Contribution> shards) {
        try (Scope s = Scope.open()) {
            ShardMeans means = ShardMeans.of(shards);
            double norm = means.finiteNorm();
            Params mean = means.values();
            MetaOptimizer.Update update =
                    optimizer.update(means.gradient(), state.slots(), state.theta(), state.iteration());
            Params statistics = RunningStatistics.after(state.statistics(), mean.child("observed"));
            MetaState next =
                    new MetaState(state.iteration() + 1, projection.apply(update.theta()), update.slots(), statistics);
            Map<String, Double> diagnostics = new LinkedHashMap<>();
            mean.child("diagnostics").forEach((name, value) -> diagnostics.put(name, value.item()));
            return new MetaAlgorithm.Outcome(next.detach().keep(s), means.loss(), norm, diagnostics);
        }
    }
}
