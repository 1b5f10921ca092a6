package org.deutero.learn;

import java.util.function.Consumer;
import org.deutero.tensor.Params;

/**
 * What a batch of tasks is learned under; {@link #at} gives what a single step sees.
 *
 * @param seed of everything random in these tasks' learning
 * @param training whether this is meta-training; false when the learner is used
 * @param statistics running statistics, read-only
 * @param observer receives what steps observe, [tasks, ...]
 */
public record TaskContext(long seed, boolean training, Params statistics, Consumer<Params> observer) {
    /** Meta-training without running statistics. */
    public static TaskContext training(long seed) {
        return new TaskContext(seed, true, Params.EMPTY, observed -> {});
    }

    /** Use of a trained learner. */
    public static TaskContext evaluation(long seed, Params statistics) {
        return new TaskContext(seed, false, statistics, observed -> {});
    }

    /** The same context for re-running steps: what they observe has been counted already. */
    public TaskContext replay() {
        return new TaskContext(seed, training, statistics, observed -> {});
    }

    /** The context of step {@code step}, counted from 0. */
    public StepContext at(int step, boolean differentiable) {
        return new StepContext(this, step, differentiable);
    }
}
