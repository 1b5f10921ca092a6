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
            MetaState next =
                    new MetaState(state.iteration() + 1, projection.apply(update.theta()), update.slots(), statistics);
            Map<String, Double> diagnostics = new LinkedHashMap<>();
            mean.child("diagnostics").forEach((name, value) -> diagnostics.put(name, value.item()));
            return new MetaAlgorithm.Outcome(next.detach().keep(s), loss, norm, diagnostics);
        }
    }
}
