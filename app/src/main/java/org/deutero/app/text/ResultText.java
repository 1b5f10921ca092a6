package org.deutero.app.text;

import java.io.PrintWriter;
import java.util.List;
import org.deutero.app.ExitCode;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.RunFolder;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.report.Divergence;
import org.deutero.experiment.report.Headline;
import org.deutero.experiment.report.MetricNames;

/** The last words of a command that has measured something; they go to standard output. */
public final class ResultText {
    private ResultText() {}

    /** The figure of a run, and where its report is. */
    public static void print(PrintWriter out, MetricRow.Test result, Experiment experiment, RunFolder folder) {
        print(out, result);
        if (!experiment.published().isEmpty()) {
            out.println("Published: " + experiment.published());
        }
        out.println("Report: " + folder.report());
        out.flush();
    }

    /** A figure under other conditions than the run's own. */
    public static void print(PrintWriter out, MetricRow.Test result, List<String> overrides) {
        print(out, result);
        out.println(
                "Measured with " + String.join(", ", overrides) + "; the run's own log and report stay as they are.");
        out.flush();
    }

    /**
     * Says that test tasks diverged, if any did.
     *
     * @return the exit code: failure if all did, so that nothing was measured
     */
    public static int warn(PrintWriter err, MetricRow.Test result) {
        Divergence.sentence(result).ifPresent(sentence -> {
            err.println("deutero: " + (result.allDiverged() ? "" : "warning: ") + sentence);
            err.flush();
        });
        return result.allDiverged() ? ExitCode.FAILURE : ExitCode.OK;
    }

    private static void print(PrintWriter out, MetricRow.Test result) {
        if (result.allDiverged()) {
            out.println("Test " + MetricNames.words(result.metricName()) + ": none, "
                    + Divergence.sentence(result).orElseThrow());
        } else {
            out.println("Test " + Headline.metric(result.metricName(), result.metric(), result.interval()) + " over "
                    + Divergence.over(result) + " (mean and 95 % interval"
                    + (result.diverged() > 0 ? "; the other " + result.diverged() + " diverged)" : ")"));
        }
        for (MetricRow.Part part : result.parts()) {
            out.println("  at " + part.name() + ": "
                    + Headline.metric(
                            part.metricName(result.metricName()), part.metric(), part.interval(), part.diverged()));
        }
        if (result.byStep().size() > 2) {
            for (MetricRow.ByStep at : result.byStep()) {
                out.println("  after " + at.step() + (at.step() == 1 ? " step:  " : " steps: ")
                        + Headline.metric(result.metricName(), at.metric(), at.interval(), at.diverged()));
            }
        }
    }
}
