package org.deutero.learn.evaluate;

import java.util.Arrays;

/**
 * By how much one learner's measure exceeds another's, with its 95 % interval.
 *
 * @param mean of the first minus mean of the second
 * @param interval half-width of the 95 % interval; covers the drawing of tasks and not training seeds
 * @param tasks number of tasks; the smaller one if both numbers differ
 * @param paired whether both have met the same tasks, whose shared difficulty then drops out of the interval
 */
public record Difference(double mean, double interval, int tasks, boolean paired) {
    /** Of two learners on the same tasks, one number a task in the same order. */
    public static Difference paired(double[] first, double[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException("measures of " + first.length + " and of " + second.length
                    + " tasks cannot be paired: they are not the same tasks");
        }
        double[] differences = first.clone();
        Arrays.setAll(differences, i -> first[i] - second[i]);
        Summary summary = Summary.of(differences);
        return new Difference(summary.mean(), summary.interval(), first.length, true);
    }

    /** Of two learners on tasks drawn apart from each other. */
    public static Difference unpaired(double[] first, double[] second) {
        Summary a = Summary.of(first);
        Summary b = Summary.of(second);
        return new Difference(
                a.mean() - b.mean(),
                Math.hypot(a.interval(), b.interval()),
                Math.min(first.length, second.length),
                false);
    }

    /** Whether the interval leaves out zero. A single task has no interval and tells nothing. */
    public boolean told() {
        return tasks > 1 && Math.abs(mean) > interval;
    }
}
