package org.deutero.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.metrics.MetricsFile;
import org.deutero.experiment.report.Headline;
import org.deutero.learn.evaluate.Summary;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.learn.run.Plan;
import org.deutero.learn.run.TrainingListener;

/** Writes a run's numbers to the log and passes them on. */
final class RunRecorder implements TrainingListener {
    private final MetricsFile metrics;
    private final RunListener listener;
    private final int logEvery;
    private final double secondsBefore;
    private final long started = System.nanoTime();
    private Plan plan;
    private long lastEvent;
    private long rowNanos;
    private long rowTimed;
    private final OpenRow row = new OpenRow();
    private final SolverWarnings warnings = new SolverWarnings();
    private boolean stopped;
    private double rate = Double.NaN;
    private double loss = Double.NaN;
    private String validation = "";

    /**
     * A recorder.
     *
     * @param logEvery iterations between rows
     * @param secondsBefore wall time that earlier parts of the run took
     */
    RunRecorder(MetricsFile metrics, RunListener listener, int logEvery, double secondsBefore) {
        this.metrics = metrics;
        this.listener = listener;
        this.logEvery = logEvery;
        this.secondsBefore = secondsBefore;
    }

    /** Wall time of the run up to now, in seconds. */
    double seconds() {
        return secondsBefore + (System.nanoTime() - started) / 1e9;
    }

    @Override
    public void started(Plan toDo, long iteration) {
        plan = toDo;
        lastEvent = System.nanoTime();
        listener.started(iteration, toDo.iterations());
    }

    @Override
    public void iteration(long iteration, MetaAlgorithm.Outcome outcome) {
        double newLoss = outcome.loss();
        long now = System.nanoTime();
        rowNanos += now - lastEvent;
        lastEvent = now;
        rowTimed++;
        row.add(newLoss, outcome.diagnostics());
        if (iteration % logEvery == 0 || iteration == plan.iterations()) {
            loss = row.loss();
            rate = rowRate();
            Map<String, Double> diagnostics = row.diagnostics();
            record(new MetricRow.Train(iteration, loss, Double.NaN, rate, seconds(), diagnostics));
            listener.figure("train/loss", iteration, loss);
            listener.figure("train/gradient-norm", iteration, outcome.gradientNorm());
            diagnostics.forEach((name, value) -> listener.figure("meta-gradient/" + name, iteration, value));
            listener.figure("train/tasks-per-second", iteration, rate);
            warnings.of(iteration, diagnostics).forEach(listener::message);
            rowNanos = 0;
            rowTimed = 0;
            row.clear();
        }
        boolean firstRow = Double.isNaN(rate);
        listener.progress(new RunListener.Progress(
                iteration, firstRow ? rowRate() : rate, firstRow ? newLoss : loss, validation));
    }

    /** Means of a row that a checkpoint falls into are those of an uninterrupted run. */
    @Override
    public Map<String, String> memory() {
        return row.toMetadata();
    }

    @Override
    public void restore(Map<String, String> metadata) {
        row.restore(metadata);
    }

    @Override
    public boolean stop() {
        return listener.stop();
    }

    @Override
    public void stopped(long iteration) {
        stopped = true;
    }

    /** Whether training ended because the listener asked for it. */
    boolean stopped() {
        return stopped;
    }

    @Override
    public void validated(long iteration, String measure, Summary summary, boolean best) {
        record(new MetricRow.Validation(iteration, Double.NaN, summary.mean(), summary.interval(), summary.diverged()));
        listener.figure("validation/" + measure, iteration, summary.mean());
        validation = measure + " " + Headline.metricBrief(measure, summary.mean()) + Headline.leftOut(summary);
        lastEvent = System.nanoTime(); // the rate is that of training alone
    }

    @Override
    public void saved(long iteration, Path file) {
        lastEvent = System.nanoTime();
    }

    @Override
    public void converged(long iteration, String reason) {
        listener.message("Training ends at iteration " + iteration + ": " + reason + ".");
    }

    @Override
    public void finished(long iteration, boolean early) {
        if (early) {
            listener.message("Validation has stopped improving: training ends at iteration " + iteration + ".");
        }
    }

    private double rowRate() {
        return rowTimed * plan.metaBatch() / (rowNanos / 1e9);
    }

    private void record(MetricRow row) {
        try {
            metrics.append(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
