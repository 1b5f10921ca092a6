package org.deutero.app.reproduce;

import java.util.List;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.report.Headline;

/**
 * What a number about the structure found must reach, beside the figure of the test.
 *
 * @param number its name in the log, such as {@code gates-closed}
 * @param atLeast a share of one
 */
public record StructureGate(String number, double atLeast) {
    /** The number in the log of a run. */
    public double figure(List<MetricRow> rows) {
        return rows.stream()
                .filter(MetricRow.Structure.class::isInstance)
                .map(MetricRow.Structure.class::cast)
                .reduce((first, second) -> second)
                .map(row -> row.numbers().get(number))
                .orElseThrow(() -> new IllegalStateException("the run does not tell its structure"));
    }

    /** Whether a figure reaches it; one that is not finite reaches nothing. */
    public boolean holds(double figure) {
        return Double.isFinite(figure) && figure >= atLeast;
    }

    /** In words. */
    public String words() {
        return "at least " + Headline.metricBrief("accuracy", atLeast) + " " + number;
    }
}
