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
        String tasks = "over " + (difference.paired() ? "the same " : "unpaired ") + difference.tasks()
                + (difference.tasks() == 1 ? " task" : " tasks");
        if (difference.paired() && difference.mean() == 0 && difference.interval() == 0) {
            return first + " and " + second + " do equally well on every task (" + tasks + ").";
        }
        if (!difference.told()) {
            return "No difference between " + first + " and " + second + " can be told: "
                    + amount(metricName, difference.mean(), difference.interval()) + " " + tasks + ".";
        }
        boolean firstIsBetter = difference.mean() > 0 == higherIsBetter;
        return (firstIsBetter ? first : second) + " is better than " + (firstIsBetter ? second : first) + " by "
                + amount(metricName, Math.abs(difference.mean()), difference.interval()) + " " + tasks + ".";
    }

    /** Such as {@code 2.10 ± 0.40 points} or {@code 0.10 ± 0.02 of mean squared error}. */
    private static String amount(String metricName, double mean, double interval) {
        return MetricNames.isShare(metricName)
                ? Headline.value(100 * mean, 100 * interval, false) + " points"
                : Headline.value(mean, interval, false) + " of " + MetricNames.words(metricName);
    }
}
