package org.deutero.learn;

import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

/** The work on one shard: its context, in which observations are gathered, and its estimate summed over tasks. */
final class ShardWork {
    private static final String REPORT = StepContext.REPORT + ".";

    private final TaskContext context;
    private Params observed = Params.EMPTY;

    /**
     * Work that lasts as long as a scope.
     *
     * @param scope steps observe inside scopes of the estimator, which close before the values are used
     */
    ShardWork(Scope scope, MetaState state, long seed) {
        this.context = TaskContext.training(
                seed,
                state.iteration(),
                state.statistics(),
                values -> observed = observed.with(scope.hold(values.detach())));
    }

    TaskContext context() {
        return context;
    }

    Contribution contribution(int tasks, Estimate estimate, Params carry) {
        Params values = Params.builder()
                .put("gradient", estimate.gradient())
                .put(
                        "observed",
                        observed.filter(name -> !name.startsWith(REPORT)).map(t -> t.sum(0)))
                .put(
                        "diagnostics",
                        estimate.diagnostics()
                                .with(observed.child(StepContext.REPORT))
                                .map(t -> t.sum(0)))
                .build();
        return new Contribution(tasks, estimate.losses().sum().item(), values, carry);
    }
}
