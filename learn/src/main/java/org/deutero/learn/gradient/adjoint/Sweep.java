package org.deutero.learn.gradient.adjoint;

import org.deutero.learn.Lifetime;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tasks.TaskBatch;

/**
 * The explicit adjoint sweep with one checkpoint a step: the inner loop is run without a graph, then each step is run again, from
 * the last to the first, with the graph of that step alone.
 *
 * <p>Exact to rounding, the same number as {@link Unroll}. Memory: T states and the graph of one step ({@link Store#ALL}), or about
 * 2 sqrt(T) states ({@link Store#SQRT}) at one more forward pass.
 *
 * @param store which states are kept
 */
public record Sweep(Store store) implements MetaGradient {
    /** As many states as pay. */
    public static final Sweep AUTO = new Sweep(Store.AUTO);

    /** Every state. */
    public static final Sweep ALL = new Sweep(Store.ALL);

    /** Every sqrt(T)-th state. */
    public static final Sweep SQRT = new Sweep(Store.SQRT);

    @Override
    public String name() {
        return "sweep";
    }

    @Override
    public String describe() {
        return "exact gradient by an adjoint sweep that re-runs one inner step at a time; memory of one step's graph";
    }

    @Override
    public String cost() {
        String all = "memory T P + a2, time 4 T c";
        String sqrt = "memory 2 sqrt(T) P + a2, time 5 T c";
        return switch (store) {
            case ALL -> all;
            case SQRT -> sqrt;
            case AUTO -> all + "; beyond 16 steps " + sqrt;
        };
    }

    @Override
    public <T extends TaskBatch<T>> Estimate estimate(Lifetime<T> lifetime) {
        return new AdjointSweep(store, new DenseStep(TapedStep.INSTANCE)).estimate(lifetime);
    }
}
