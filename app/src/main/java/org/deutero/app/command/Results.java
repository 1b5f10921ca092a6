package org.deutero.app.command;

import java.io.PrintWriter;
import org.deutero.app.metrics.MetricRow;
import org.deutero.app.report.Headline;
import org.deutero.app.run.Experiment;
import org.deutero.app.run.RunFolder;

/** The last words of a command that has measured something; they go to standard output. */
final class Results {
    private Results() {}

    static void print(PrintWriter out, MetricRow.Test result, Experiment experiment, RunFolder folder) {
        out.println("Test " + Headline.metric(result.metricName(), result.metric(), result.interval()) + " over "
                + result.tasks() + " tasks (mean and 95 % interval)");
        if (result.byStep().size() > 2) {
            for (MetricRow.ByStep at : result.byStep()) {
                out.println("  after " + at.step() + (at.step() == 1 ? " step:  " : " steps: ")
                        + Headline.metric(result.metricName(), at.metric(), at.interval()));
            }
        }
        if (!experiment.published().isEmpty()) {
            out.println("Published: " + experiment.published());
        }
        out.println("Report: " + folder.report());
        out.flush();
    }
}
