package org.deutero.app.metrics;

import java.util.List;

/**
 * One line of {@code metrics.jsonl}. {@code NaN} stands for "not measured" and is also what a number that was not
 * finite is read back as.
 */
public sealed interface MetricRow {
    /**
     * Progress of meta-training, averaged since the row before.
     *
     * @param iteration meta-iterations done
     * @param loss mean meta-loss
     * @param accuracy mean query accuracy on training tasks, or NaN where there is none
     * @param tasksPerSecond rate
     * @param seconds wall time since the start of the run, resumed parts included
     */
    record Train(long iteration, double loss, double accuracy, double tasksPerSecond, double seconds)
            implements MetricRow {}

    /**
     * An evaluation on validation tasks.
     *
     * @param metric mean over tasks of the run's metric
     * @param interval half-width of its 95 % interval
     */
    record Validation(long iteration, double loss, double metric, double interval) implements MetricRow {}

    /**
     * The evaluation on test tasks.
     *
     * @param metricName {@code accuracy}, {@code mse}, ...
     * @param byStep the metric after each inner step, step 0 being before adaptation; may be empty
     */
    record Test(int tasks, String metricName, double metric, double interval, List<ByStep> byStep)
            implements MetricRow {
        public Test {
            byStep = List.copyOf(byStep);
        }
    }

    /** The metric after one inner step, with the half-width of its 95 % interval. */
    record ByStep(int step, double metric, double interval) {}
}
