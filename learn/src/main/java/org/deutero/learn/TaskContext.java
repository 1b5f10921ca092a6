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
 * @param copies how many times over the batch holds its tasks, one whole set after the other; all copies of a task see the same random
 *     numbers, so that what differs between them is theta alone; see {@link StepContext#draw}
 * @param statistics running statistics, read-only
 * @param observer receives what steps observe, [tasks, ...], and under {@code report} what they tell for logs, [tasks]
 */
public record TaskContext(
        long seed,
        boolean training,
        long iteration,
        boolean ownTheta,
        int copies,
        Params statistics,
        Consumer<Params> observer) {
    /** Meta-training without running statistics, before the first update. */
    public static TaskContext training(long seed) {
        return training(seed, 0, Params.EMPTY, observed -> {});
    }

    /** Meta-training after {@code iteration} updates. */
    public static TaskContext training(long seed, long iteration, Params statistics, Consumer<Params> observer) {
        return new TaskContext(seed, true, iteration, false, 1, statistics, observer);
    }

    /** Use of a trained learner. */
    public static TaskContext evaluation(long seed, Params statistics) {
        return new TaskContext(seed, false, Long.MAX_VALUE, false, 1, statistics, observed -> {});
    }

    /** The same context for re-running steps: what they observe has been counted already. */
    public TaskContext replay() {
        return with(statistics, observed -> {});
    }

    /** The same context with other random numbers. */
    public TaskContext withSeed(long other) {
        return new TaskContext(other, training, iteration, ownTheta, copies, statistics, observer);
    }

    /** The same context for a theta that leads with the task dimension: how evolution evaluates a population in one batch. */
    public TaskContext withOwnTheta() {
        return new TaskContext(seed, training, iteration, true, copies, statistics, observer);
    }

    /** The same context for a batch that holds its tasks once for each member of a population, and for the members' thetas. */
    public TaskContext forPopulation(int members) {
        return new TaskContext(seed, training, iteration, true, members, statistics, observed -> {});
    }

    /** The same context for a batch that holds its tasks so many times over, all under the same theta; what copies observe does not count. */
    public TaskContext forCopies(int times) {
        return new TaskContext(seed, training, iteration, ownTheta, times * copies, statistics, observed -> {});
    }

    /** The same context with other running statistics and another observer of them. */
    public TaskContext with(Params newStatistics, Consumer<Params> newObserver) {
        return new TaskContext(seed, training, iteration, ownTheta, copies, newStatistics, newObserver);
    }

    /** The context of step {@code step}, counted from 0. */
    public StepContext at(int step, boolean differentiable) {
        return new StepContext(this, step, differentiable);
    }
}
