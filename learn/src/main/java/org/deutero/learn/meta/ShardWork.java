package org.deutero.learn.meta;

import org.deutero.learn.Learner;
import org.deutero.learn.Lifetime;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

/** The work on one shard: its context, in which observations are gathered, and what it comes to, summed over tasks. */
public final class ShardWork {
    private static final String OBSERVED = "observed";
    private static final String REPORT = StepContext.REPORT + ".";

    private final TaskContext context;
    private Params observed = Params.EMPTY;

    /**
     * Work that lasts as long as a scope.
     *
     * @param scope steps observe inside scopes of the estimator, which close before the values are used
     */
    public ShardWork(Scope scope, MetaState state, long seed) {
        this.context = TaskContext.training(
                seed,
                state.iteration(),
                state.statistics(),
                values -> observed = observed.with(scope.hold(values.detach())));
    }

    /** What the tasks of the shard are learned under. */
    public TaskContext context() {
        return context;
    }

    /** The life of the shard's tasks under meta-parameters. */
    public <T extends TaskBatch<T>> Lifetime<T> lifetime(Learner<T> learner, Params theta, T tasks) {
        return new Lifetime<>(learner, theta, tasks, context);
    }

    /** The sums over tasks of what was observed so far, named {@code observed}. */
    public Params observed() {
        return observed.filter(name -> !name.startsWith(REPORT))
                .map(t -> t.sum(0))
                .under(OBSERVED);
    }

    /** The sums over tasks of an estimate and of what was observed. */
    public Contribution contribution(int tasks, Estimate estimate, Params carry) {
        Params values = Params.builder()
                .put("gradient", estimate.gradient())
                .put("", observed())
                .put(
                        "diagnostics",
                        estimate.diagnostics()
                                .with(observed.child(StepContext.REPORT))
                                .map(t -> t.sum(0)))
                .build();
        return new Contribution(tasks, estimate.losses().sum().item(), values, carry);
    }
}
