package org.deutero.learn.evaluate;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * By how much one learner's measure exceeds another's, with its 95 % interval; and how often each of them diverged, which counts for more.
 *
 * @param mean of the first minus mean of the second, over tasks on which neither diverged; NaN if there is none
 * @param interval half-width of the 95 % interval; covers the drawing of tasks and not training seeds
 * @param tasks number of tasks that the mean is over; the smaller one if both numbers differ
 * @param paired whether both have met the same tasks, whose shared difficulty then drops out of the interval
 * @param first tasks on which the first alone diverged; if unpaired, on which it diverged
 * @param second the same of the second
 * @param both tasks on which both diverged; 0 if unpaired
 * @param firstTasks tasks that the first met in all
 * @param secondTasks tasks that the second met in all
 * @param firstHigher same tasks on which neither diverged and the first's measure is higher; 0 if unpaired
 * @param secondHigher the same of the second
 */
public record Difference(
        double mean,
        double interval,
        int tasks,
        boolean paired,
        int first,
        int second,
        int both,
        int firstTasks,
        int secondTasks,
        int firstHigher,
        int secondHigher) {
    private static final double NORMAL = 1.96;

    /** Of learners that never diverged. */
    public Difference(double mean, double interval, int tasks, boolean paired) {
        this(mean, interval, tasks, paired, 0, 0, 0, tasks, tasks, 0, 0);
    }

    /** Of two learners on the same tasks, one number a task in the same order. */
    public static Difference paired(double[] first, double[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException("measures of " + first.length + " and of " + second.length
                    + " tasks cannot be paired: they are not the same tasks");
        }
        double[] differences = IntStream.range(0, first.length)
                .filter(i -> Double.isFinite(first[i]) && Double.isFinite(second[i]))
                .mapToDouble(i -> first[i] - second[i])
                .toArray();
        Summary summary = Summary.of(differences);
        int both = (int) IntStream.range(0, first.length)
                .filter(i -> !Double.isFinite(first[i]) && !Double.isFinite(second[i]))
                .count();
        return new Difference(
                summary.mean(),
                summary.interval(),
                summary.tasks(),
                true,
                Summary.of(first).diverged() - both,
                Summary.of(second).diverged() - both,
                both,
                first.length,
                second.length,
                (int) Arrays.stream(differences).filter(d -> d > 0).count(),
                (int) Arrays.stream(differences).filter(d -> d < 0).count());
    }

    /** Of two learners on tasks drawn apart from each other. */
    public static Difference unpaired(double[] first, double[] second) {
        Summary a = Summary.of(first);
        Summary b = Summary.of(second);
        return new Difference(
                a.mean() - b.mean(),
                Math.hypot(a.interval(), b.interval()),
                Math.min(a.finite(), b.finite()),
                false,
                a.diverged(),
                b.diverged(),
                0,
                first.length,
                second.length,
                0,
                0);
    }

    /** Whether the interval leaves out zero, or one learner plainly diverges more often. A single task has no interval and tells nothing. */
    public boolean told() {
        return toldByDivergence() || toldByMean();
    }

    /** Whether the interval of the mean leaves out zero. */
    public boolean toldByMean() {
        return tasks > 1 && Math.abs(mean) > interval;
    }

    /**
     * Whether one learner diverges more often than chance allows: one on every task and the other on none, or by McNemar's test at 5 %
     * (Psychometrika 12, 1947) on tasks on which one alone diverged; unpaired, by the normal test of two shares.
     */
    public boolean toldByDivergence() {
        if ((first + both == firstTasks && second + both == 0) || (second + both == secondTasks && first + both == 0)) {
            return true;
        }
        if (paired) {
            return uneven(first, second);
        }
        double a = (double) first / firstTasks;
        double b = (double) second / secondTasks;
        double pooled = (double) (first + second) / (firstTasks + secondTasks);
        double deviation = Math.sqrt(pooled * (1 - pooled) * (1.0 / firstTasks + 1.0 / secondTasks));
        return Math.abs(a - b) > NORMAL * deviation;
    }

    /**
     * Whether one measure is higher on more tasks than chance allows, by the sign test at 5 %: this tells even where a few measures are so
     * large that their mean has no interval to speak of, as on the brink of divergence.
     */
    public boolean toldBySigns() {
        return uneven(firstHigher, secondHigher);
    }

    private static boolean uneven(int some, int others) {
        return Math.abs(some - others) > NORMAL * Math.sqrt(some + others);
    }

    /** Whether either diverged on any task. */
    public boolean anyDiverged() {
        return first + second + both > 0;
    }

    /** Whether the first diverges more often. */
    public boolean firstDivergesMore() {
        return (double) (first + both) / firstTasks > (double) (second + both) / secondTasks;
    }
}
