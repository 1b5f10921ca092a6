package org.deutero.app.reproduce;

import org.deutero.experiment.metrics.MetricRow;

/**
 * The figure that an experiment must reach.
 *
 * @param step number of inner steps after which it is taken; -1 for the last
 * @param part the kind of test task that it is about; the empty string for all
 * @param metric of that part; the empty string for that of the whole test
 * @param atLeast whether larger is better
 * @param bound accuracies as shares of one
 */
public record Gate(int step, String part, String metric, boolean atLeast, double bound) {
    /** About all test tasks. */
    public Gate(int step, boolean atLeast, double bound) {
        this(step, "", "", atLeast, bound);
    }

    /** About the metric of the whole test, on test tasks of one kind. */
    public Gate(int step, String part, boolean atLeast, double bound) {
        this(step, part, "", atLeast, bound);
    }

    /** The figure that the gate is about. */
    public MetricRow.ByStep figure(MetricRow.Test result) {
        if (!part.isEmpty()) {
            return result.parts().stream()
                    .filter(of -> of.name().equals(part)
                            && of.metricName(result.metricName())
                                    .equals(metric.isEmpty() ? result.metricName() : metric))
                    .map(of -> new MetricRow.ByStep(-1, of.metric(), of.interval(), of.diverged()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the run was not measured with " + part));
        }
        if (step < 0) {
            return new MetricRow.ByStep(-1, result.metric(), result.interval(), result.diverged());
        }
        return result.byStep().stream()
                .filter(at -> at.step() == step)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the run was not measured after step " + step));
    }

    /** Whether a figure reaches it; one that is not finite reaches nothing. */
    public boolean holds(double figure) {
        return Double.isFinite(figure) && (atLeast ? figure >= bound : figure <= bound);
    }

    /** In words, for a metric given as a share of one or as it is. */
    String words(boolean share) {
        double shown = share ? 100 * bound : bound;
        return (atLeast ? "at least " : "at most ")
                + (shown == Math.rint(shown) ? String.valueOf((long) shown) : shown)
                + (share ? " %" : "")
                + (metric.isEmpty() ? "" : " " + metric)
                + (part.isEmpty() ? "" : " at " + part)
                + (step < 0 ? "" : " after " + step + (step == 1 ? " step" : " steps"));
    }
}
