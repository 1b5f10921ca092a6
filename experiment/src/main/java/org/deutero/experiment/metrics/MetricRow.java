package org.deutero.experiment.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deutero.learn.evaluate.Summary;

/**
 * One line of {@code metrics.jsonl}. {@code NaN} stands for "not measured" and is also what a number that was not
 * finite is read back as. A metric is a mean over the tasks that did not diverge; {@code diverged} counts the others, and stands only where there are any.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MetricRow.Start.class, name = "start"),
    @JsonSubTypes.Type(value = MetricRow.Train.class, name = "train"),
    @JsonSubTypes.Type(value = MetricRow.Validation.class, name = "validation"),
    @JsonSubTypes.Type(value = MetricRow.Test.class, name = "test"),
    @JsonSubTypes.Type(value = MetricRow.BySize.class, name = "by-size"),
    @JsonSubTypes.Type(value = MetricRow.Structure.class, name = "structure"),
    @JsonSubTypes.Type(value = MetricRow.StepSizes.class, name = "step-sizes"),
    @JsonSubTypes.Type(value = MetricRow.Online.class, name = "online")
})
public sealed interface MetricRow {
    /**
     * The first row: how the meta-gradient of this run is estimated.
     *
     * @param metaGradient name of the estimator
     * @param description what it computes and what it leaves out
     */
    @JsonPropertyOrder("iteration")
    record Start(String metaGradient, String description) implements MetricRow {
        /** Before the first: resuming keeps the row. */
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        public long iteration() {
            return 0;
        }
    }

    /**
     * Progress of meta-training, averaged since the row before.
     *
     * @param iteration meta-iterations done
     * @param loss mean meta-loss
     * @param accuracy mean query accuracy on training tasks, or NaN where there is none
     * @param tasksPerSecond rate
     * @param seconds wall time since the start of the run, resumed parts included
     * @param diagnostics what the estimator knows of its own quality, such as the residual of a solver; may be empty
     */
    record Train(
            long iteration,
            double loss,

            @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = NotMeasured.class)
            double accuracy,

            double tasksPerSecond,
            double seconds,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Double> diagnostics)
            implements MetricRow {
        public Train {
            diagnostics = Collections.unmodifiableMap(new LinkedHashMap<>(diagnostics));
        }

        /** A row of an estimator without diagnostics. */
        public Train(long iteration, double loss, double accuracy, double tasksPerSecond, double seconds) {
            this(iteration, loss, accuracy, tasksPerSecond, seconds, Map.of());
        }
    }

    /**
     * An evaluation on validation tasks.
     *
     * @param metric mean over tasks of the run's metric
     * @param interval half-width of its 95 % interval
     * @param diverged tasks without a finite metric
     */
    record Validation(
            long iteration,
            double loss,
            double metric,
            double interval,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int diverged)
            implements MetricRow {
        /** None diverged. */
        public Validation(long iteration, double loss, double metric, double interval) {
            this(iteration, loss, metric, interval, 0);
        }
    }

    /**
     * The evaluation on test tasks.
     *
     * @param tasks number of tasks, diverged ones included
     * @param metricName {@code accuracy}, {@code mse}, ...
     * @param metric mean over the tasks that did not diverge; NaN if all did
     * @param diverged tasks without a finite metric
     * @param byStep the metric after each inner step, step 0 being before adaptation; may be empty
     * @param parts the metric on each kind of test task, if they come in kinds; may be empty
     */
    record Test(
            int tasks,
            String metricName,
            double metric,
            double interval,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int diverged,
            List<ByStep> byStep,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Part> parts)
            implements MetricRow {
        public Test {
            byStep = List.copyOf(byStep);
            parts = List.copyOf(parts);
        }

        /** The figures by the names that they have in the log, for JSON. */
        public Map<String, Object> tree() {
            return MetricJson.tree(this);
        }

        /** Tasks of one kind, of which none diverged. */
        public Test(int tasks, String metricName, double metric, double interval, List<ByStep> byStep) {
            this(tasks, metricName, metric, interval, byStep, List.of());
        }

        /** None diverged. */
        public Test(
                int tasks, String metricName, double metric, double interval, List<ByStep> byStep, List<Part> parts) {
            this(tasks, metricName, metric, interval, 0, byStep, parts);
        }

        /** Of a summary. */
        public static Test of(String metricName, Summary summary, List<ByStep> byStep, List<Part> parts) {
            return new Test(
                    summary.tasks(), metricName, summary.mean(), summary.interval(), summary.diverged(), byStep, parts);
        }

        /** Whether no task has a finite metric. */
        public boolean allDiverged() {
            return diverged > 0 && diverged == tasks;
        }
    }

    /**
     * Which parts of the learner test tasks used, for learners that can tell.
     *
     * @param tasks how many were looked at
     * @param numbers shares that are active and their overlap between tasks, and what else the learner tells
     */
    record Structure(int tasks, Map<String, Double> numbers) implements MetricRow {
        public Structure {
            numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
        }
    }

    /**
     * What became of learned step sizes, for learners that have some.
     *
     * @param parameters what they move, in the learner's order
     */
    record StepSizes(List<StepSize> parameters) implements MetricRow {
        public StepSizes {
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * The learned step sizes of one parameter.
     *
     * @param name of the parameter
     * @param count how many there are
     * @param negative share that is below zero, and climbs
     */
    record StepSize(String name, long count, double lowest, double mean, double highest, double negative) {}

    /**
     * One policy deciding online in one setting.
     *
     * @param policy the run's own learner by its method's name, or a policy of reference
     * @param setting such as {@code delta 0.5}
     * @param metric mean over games at their end
     * @param interval half-width of its 95 % interval
     * @param diverged games without a finite metric
     * @param games the metric of each game
     * @param curve the metric after so many rounds
     */
    record Online(
            String policy,
            String setting,
            String metricName,
            double metric,
            double interval,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int diverged,
            List<Double> games,
            List<ByStep> curve)
            implements MetricRow {
        public Online {
            games = List.copyOf(games);
            curve = List.copyOf(curve);
        }
    }

    /**
     * One predictor on test functions of which so many points are shown.
     *
     * @param predictor the run's own learner by its method's name, or a predictor of reference
     * @param points shown
     * @param metric mean over functions
     * @param interval half-width of its 95 % interval
     * @param diverged functions without a finite metric
     */
    record BySize(
            String predictor,
            int points,
            String metricName,
            double metric,
            double interval,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int diverged)
            implements MetricRow {
        /** None diverged. */
        public BySize(String predictor, int points, String metricName, double metric, double interval) {
            this(predictor, points, metricName, metric, interval, 0);
        }
    }

    /**
     * The metric on test tasks of one kind.
     *
     * @param metricName empty for the metric of the whole test
     * @param interval half-width of its 95 % interval
     * @param diverged tasks without a finite metric
     */
    record Part(
            String name,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String metricName,
            double metric,
            double interval,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int diverged) {
        /** By the metric of the whole test; none diverged. */
        public Part(String name, double metric, double interval) {
            this(name, "", metric, interval);
        }

        /** None diverged. */
        public Part(String name, String metricName, double metric, double interval) {
            this(name, metricName, metric, interval, 0);
        }

        /** Of a summary, by the metric of the whole test. */
        public static Part of(String name, Summary summary) {
            return new Part(name, "", summary.mean(), summary.interval(), summary.diverged());
        }

        /** The metric's name, given that of the whole test. */
        public String metricName(String whole) {
            return metricName.isEmpty() ? whole : metricName;
        }
    }

    /** The metric after one inner step, with the half-width of its 95 % interval and the number of tasks without a finite one. */
    record ByStep(
            int step,
            double metric,
            double interval,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int diverged) {
        /** None diverged. */
        public ByStep(int step, double metric, double interval) {
            this(step, metric, interval, 0);
        }

        /** Of a summary. */
        public static ByStep of(int step, Summary summary) {
            return new ByStep(step, summary.mean(), summary.interval(), summary.diverged());
        }
    }
}
