package org.deutero.experiment.report;

/** What metrics are called where people read. */
public final class MetricNames {
    private MetricNames() {}

    /** Accuracies and normalised regret are shown in per cent. */
    public static boolean isShare(String metricName) {
        return metricName.endsWith("accuracy") || metricName.equals("normalised-regret");
    }

    /** A metric's name as it stands in running text. */
    public static String words(String metricName) {
        return switch (metricName) {
            case "mse" -> "mean squared error";
            case "mse-shown" -> "mean squared error at the points shown";
            case "nll" -> "negative log likelihood";
            case "reward-mse" -> "mean squared error of rewards";
            default -> metricName.replace('-', ' ');
        };
    }
}
