package org.deutero.learn;

import java.util.function.Consumer;
import org.deutero.tensor.Params;

/**
 * What a batch of tasks is learned under; {@link #at} gives what a single step sees.
 *
 * @param seed of everything random in these tasks' learning
 * @param training whether this is meta-training; false when the learner is used
 * @param iteration number of meta-updates made so far, for what is annealed over meta-training; {@link Long#MAX_VALUE} when the learner is used
 * @param ownTheta whether theta leads with the task dimension, each task under meta-parameters of its own; see {@link StepContext#forTasks}
 * @param statistics running statistics, read-only
 * @param observer receives what steps observe, [tasks, ...], and under {@code report} what they tell for logs, [tasks]
 */
public record TaskContext(
        long seed, boolean training, long iteration, boolean ownTheta, Params statistics, Consumer<Params> observer) {
    /** Meta-training without running statistics, before the first update. */
    public static TaskContext training(long seed) {
        return training(seed, 0, Params.EMPTY, observed -> {});
    }

    /** Meta-training after {@code iteration} updates. */
    public static TaskContext training(long seed, long iteration, Params statistics, Consumer<Params> observer) {
        return new TaskContext(seed, true, iteration, false, statistics, observer);
    }

    /** Use of a trained learner. */
    public static TaskContext evaluation(long seed, Params statistics) {
        return new TaskContext(seed, false, Long.MAX_VALUE, false, statistics, observed -> {});
    }

    /** The same context for re-running steps: what they observe has been counted already. */
    public TaskContext replay() {
        return new TaskContext(seed, training, iteration, ownTheta, statistics, observed -> {});
    }

    /** The same context for a theta that leads with the task dimension: how evolution evaluates a population in one batch. */
    public TaskContext withOwnTheta() {
        return new TaskContext(seed, training, iteration, true, statistics, observer);
    }

    /** The context of step {@code step}, counted from 0. */
    public StepContext at(int step, boolean differentiable) {
        return new StepContext(this, step, differentiable);
    }
}
