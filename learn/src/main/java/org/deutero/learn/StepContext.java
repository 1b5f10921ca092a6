package org.deutero.learn;

import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.deutero.tensor.Params;

/**
 * What a step may depend on besides its arguments.
 *
 * @param task the context of the batch
 * @param step number of the step from 0; for the meta-loss the number of steps taken
 * @param differentiable whether the step's own inner gradients must be differentiable; the estimator decides
 */
public record StepContext(TaskContext task, int step, boolean differentiable) {
    /** The part of what an observer receives that is for logs. */
    public static final String REPORT = "report";

    /**
     * A generator fixed by the batch and the step: a step that is run again draws the same numbers. For what all tasks share; what each task has
     * of its own is drawn by {@link #draw}.
     */
    public RandomGenerator random() {
        return Seeds.generator(task.seed(), "step", step);
    }

    /**
     * Random tensors of each task's own, from {@link #random}. Copies of a task get the same numbers: members of a population must differ by
     * their theta, not by their luck.
     *
     * @param tasks in the batch
     * @param draw given a generator and a number of tasks, tensors [number, ...]
     * @return [tasks, ...]
     */
    public Params draw(int tasks, BiFunction<RandomGenerator, Integer, Params> draw) {
        return draw.apply(random(), distinct(tasks)).tile(task.copies());
    }

    /** Like {@link #draw(int, BiFunction)}, from a branch of the seed of its own that does not depend on the step. */
    public Params draw(String purpose, int tasks, BiFunction<RandomGenerator, Integer, Params> draw) {
        return draw.apply(Seeds.generator(task.seed(), purpose), distinct(tasks))
                .tile(task.copies());
    }

    /** The number of the task in a batch of which this one is a copy: itself, where there are no copies. */
    public int original(int number, int tasks) {
        return number % distinct(tasks);
    }

    private int distinct(int tasks) {
        if (tasks % task.copies() != 0) {
            throw new IllegalArgumentException(tasks + " tasks are not " + task.copies() + " copies of fewer tasks");
        }
        return tasks / task.copies();
    }

    /** Meta-parameters as every task's own, [tasks, ...]: expanded, unless the estimator has given each task its own already. */
    public Params forTasks(Params theta, int tasks) {
        return task.ownTheta() ? theta : theta.expand(tasks);
    }

    /** Number of meta-updates made so far; {@link Long#MAX_VALUE} when the learner is used. */
    public long iteration() {
        return task.iteration();
    }

    /** Whether this is meta-training; false when the learner is used. */
    public boolean training() {
        return task.training();
    }

    /** Running statistics, kept across meta-iterations beside theta but without gradients. */
    public Params statistics() {
        return task.statistics();
    }

    /** Tells numbers [tasks] about what is going on, for logs; they have no influence. */
    public void report(Params numbers) {
        task.observer().accept(numbers.under(REPORT));
    }

    /** Reports current values of running statistics, a tree like {@link #statistics()} with tensors [tasks, ...]. */
    public void observe(Params values) {
        task.observer().accept(values);
    }
}
