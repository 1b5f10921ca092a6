package org.deutero.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deutero.experiment.measure.OnlineSettings;
import org.deutero.learn.evaluate.Measure;
import org.deutero.learn.evaluate.Measures;
import org.deutero.options.Options;
import org.deutero.tasks.Objective;
import org.deutero.tasks.source.TaskSettings;

/**
 * The {@code evaluation} section of a recipe.
 *
 * @param tasks test tasks
 * @param validationTasks tasks of each validation
 * @param shard tasks in a batch
 * @param bySteps whether to measure after every inner step too
 * @param ensemble how many of the best checkpoints answer together
 * @param examples tasks shown in the report
 * @param classification name of what classifications are measured by
 * @param regression name of what regressions are measured by, or {@link #ERROR}
 * @param named what tasks that are no episodes are measured by; {@value #OWN} for what belongs to them
 * @param online how to measure learners by their decisions, for bandits
 * @param protocol what the figure of a task is
 * @param firstCounted the first step or instance that counts in the figure of a task, from 1
 */
public record EvaluationSettings(
        int tasks,
        int validationTasks,
        int shard,
        boolean bySteps,
        int ensemble,
        int examples,
        String classification,
        String regression,
        String named,
        Optional<OnlineSettings> online,
        Protocol protocol,
        int firstCounted) {
    /** What the figure of a task is. */
    public enum Protocol {
        /** The measure on queries after the last step. */
        QUERIES,
        /** The mean measure on what each step is about to show, before it has learned from it. */
        PREQUENTIAL,
        /** The same, and for each k the mean over k-th appearances of classes. */
        INSTANCES,
        /** The meta-loss. */
        META_LOSS
    }

    /** The measure that belongs to regressions of the source, as a rule the mean squared error. */
    static final String ERROR = "error";

    /** The measure that belongs to tasks that are no episodes. */
    static final String OWN = ERROR;

    private static final List<String> OF_CLASSIFICATIONS =
            List.of(Measure.ACCURACY.name(), Measure.CROSS_ENTROPY.name(), Measure.HALF_SQUARED_DISTANCE.name());
    private static final List<String> OF_REGRESSIONS = List.of(ERROR, Measure.NEGATIVE_LOG_LIKELIHOOD.name());

    static EvaluationSettings of(Options o, TaskSettings tasks) {
        return new EvaluationSettings(
                o.integer("tasks", 600, 1, 10_000_000, "test tasks"),
                o.integer("validation-tasks", 100, 1, 10_000_000, "tasks of each validation"),
                o.integer("shard", tasks.convenientShard(), 1, 1_000_000, "tasks in a batch"),
                o.flag("by-steps", true, "whether to measure after every inner step too"),
                o.integer("ensemble", 1, 1, 1000, "best checkpoints whose outputs are averaged; at most keep-best"),
                o.integer("examples", tasks.examples(), 0, 20, "tasks shown in the report"),
                tasks.givesEpisodes() && tasks.shape().classification()
                        ? o.choice(
                                "measure",
                                Measure.ACCURACY.name(),
                                withPlugins(OF_CLASSIFICATIONS),
                                "what is measured on queries")
                        : Measure.ACCURACY.name(),
                tasks.givesEpisodes() && tasks.shape().objective() == Objective.SQUARED_ERROR
                        ? o.choice(
                                "measure",
                                ERROR,
                                withPlugins(OF_REGRESSIONS),
                                "what is measured on queries: the error, or nll, the negative log likelihood")
                        : ERROR,
                tasks.givesEpisodes()
                        ? OWN
                        : o.choice(
                                "measure",
                                OWN,
                                named(tasks),
                                "what is measured: error, which belongs to the tasks, or by name"),
                tasks.givesEpisodes() && tasks.shape().objective() == Objective.PULLED_ARM
                        ? Optional.of(OnlineSettings.of(o.section("online")))
                        : Optional.empty(),
                o.choice(
                        "protocol",
                        tasks.sequences()
                                ? Protocol.INSTANCES
                                : tasks.streams() ? Protocol.PREQUENTIAL : Protocol.QUERIES,
                        "what is measured: queries at the end, each example before it is learned from, the same by the number of its appearance, or the meta-loss"),
                o.integer(
                        "first-counted",
                        1,
                        1,
                        10_000_000,
                        "the first step or instance that counts in the figure, where each is measured"));
    }

    private static List<String> withPlugins(List<String> own) {
        return Stream.concat(own.stream(), Measures.ofPlugins().stream()).toList();
    }

    private static List<String> named(TaskSettings tasks) {
        List<String> names = new ArrayList<>(List.of(OWN));
        names.addAll(tasks.offers().get(0).measures());
        return names;
    }
}
