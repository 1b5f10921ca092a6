package org.deutero.learn.evaluate;

import java.util.Arrays;

/**
 * A mean over test tasks with its interval, which covers the drawing of tasks for one trained model and not training seeds.
 *
 * <p>A task whose number is not finite has diverged: it is counted, and mean and interval are those of the others. Such a mean flatters a learner, so it never stands without the count.
 *
 * @param mean over the tasks that did not diverge, and never outside of their range; NaN if all did
 * @param interval half-width of the 95 % interval, 1.96 s / sqrt(n) with the sample deviation s; NaN if all diverged
 * @param tasks number of tasks, diverged ones included
 * @param diverged how many of them diverged
 */
public record Summary(double mean, double interval, int tasks, int diverged) {
    /** Of tasks of which none diverged. */
    public Summary(double mean, double interval, int tasks) {
        this(mean, interval, tasks, 0);
    }

    /** Summarises one number a task. */
    public static Summary of(double... values) {
        double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
        int diverged = values.length - finite.length;
        if (finite.length == 0) {
            return new Summary(Double.NaN, Double.NaN, values.length, diverged);
        }
        double mean = mean(finite);
        double squares = 0;
        for (double value : finite) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = finite.length > 1 ? Math.sqrt(squares / (finite.length - 1)) : 0;
        return new Summary(mean, 1.96 * deviation / Math.sqrt(finite.length), values.length, diverged);
    }

    /** The mean, which rounding does not take out of the range of its members: a mean of accuracies is at most 1. */
    static double mean(double... values) {
        double mean = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            mean += value / values.length;
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        return mean < least ? least : mean > most ? most : mean; // NaN stays what it is
    }

    /** Tasks that mean and interval are of. */
    public int finite() {
        return tasks - diverged;
    }

    /** Whether there is nothing to take a mean of. */
    public boolean allDiverged() {
        return diverged == tasks;
    }
}
