package org.deutero.experiment.report;

import org.deutero.learn.evaluate.Difference;

/** A difference between two runs as a plain sentence. */
public final class Judgement {
    private Judgement() {}

    /**
     * Who is better, by how much.
     *
     * @param metricName accuracies are given in points of a hundred
     * @param difference first minus second
     */
    public static String sentence(
            String metricName, boolean higherIsBetter, String first, String second, Difference difference) {
        if (difference.anyDiverged()) {
            return diverged(metricName, higherIsBetter, first, second, difference);
        }
        return ofMeans(metricName, higherIsBetter, first, second, difference);
    }

    /** Divergence first: a mean over tasks that went well flatters the run that diverges. */
    private static String diverged(
            String metricName, boolean higherIsBetter, String first, String second, Difference d) {
        String counts = first + " diverged on " + (d.first() + d.both()) + " of " + d.firstTasks() + " tasks, " + second
                + " on " + (d.second() + d.both()) + " of " + (d.paired() ? "the same " : "other ") + d.secondTasks();
        String judged = d.toldByDivergence()
                ? (d.firstDivergesMore() ? second : first) + " is better than "
                        + (d.firstDivergesMore() ? first : second) + ": " + counts
                : counts + ", which tells neither as better";
        if (d.tasks() == 0) {
            return judged + ", and there is no task on which neither diverged.";
        }
        return judged + ". Where neither diverged: " + ofMeans(metricName, higherIsBetter, first, second, d);
    }

    private static String ofMeans(
            String metricName, boolean higherIsBetter, String first, String second, Difference difference) {
        String tasks = "over " + (difference.paired() ? "the same " : "unpaired ") + difference.tasks()
                + (difference.tasks() == 1 ? " task" : " tasks");
        if (difference.paired() && difference.mean() == 0 && difference.interval() == 0) {
            return first + " and " + second + " do equally well on every task (" + tasks + ").";
        }
        if (!difference.toldByMean()) {
            return "No difference between " + first + " and " + second + " can be told: "
                    + amount(metricName, difference.mean(), difference.interval()) + " " + tasks
                    + bySigns(higherIsBetter, first, second, difference) + ".";
        }
        boolean firstIsBetter = difference.mean() > 0 == higherIsBetter;
        return (firstIsBetter ? first : second) + " is better than " + (firstIsBetter ? second : first) + " by "
                + amount(metricName, Math.abs(difference.mean()), difference.interval()) + " " + tasks + ".";
    }

    /** What the signs of differences tell where their mean does not. */
    private static String bySigns(boolean higherIsBetter, String first, String second, Difference d) {
        if (!d.toldBySigns()) {
            return "";
        }
        boolean firstIsBetter = d.firstHigher() > d.secondHigher() == higherIsBetter;
        return ", but " + (firstIsBetter ? first : second) + " does better on "
                + Math.max(d.firstHigher(), d.secondHigher()) + " of them";
    }

    /** Such as {@code 2.10 ± 0.40 points} or {@code 0.10 ± 0.02 of mean squared error}. */
    private static String amount(String metricName, double mean, double interval) {
        return MetricNames.isShare(metricName)
                ? Headline.value(100 * mean, 100 * interval, false) + " points"
                : Headline.value(mean, interval, false) + " of " + MetricNames.words(metricName);
    }
}
