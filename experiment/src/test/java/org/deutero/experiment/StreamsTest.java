package org.deutero.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deutero.experiment.compare.SideBySide;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.experiment.report.ComparisonData;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules and plain training on streams, from recipe to result. */
class StreamsTest {
    private static final List<String> SHORT = List.of(
            "tasks.support=384",
            "tasks.queries=50",
            "training.threads=1",
            "evaluation.tasks=6",
            "evaluation.validation-tasks=2");

    @TempDir
    private Path folder;

    private static Experiment experiment(String recipe, List<String> first, String... more) {
        return Experiment.of(RecipeFile.load(
                recipe, Stream.concat(first.stream(), Stream.of(more)).toList()));
    }

    private RunFolder train(String name, Experiment experiment) {
        RunFolder run = RunFolder.create(folder.resolve(name));
        new Runner(experiment, run, RunListener.NONE).train();
        return run;
    }

    private static MetricRow.Test evaluate(RunFolder run) {
        return new Runner(Experiment.of(run.recipe()), run, RunListener.NONE).evaluate(OptionalInt.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"unroll", "es", "pes"})
    void genomesAreTrainedByAnyGradient(String estimator) {
        List<String> settings = new ArrayList<>(SHORT);
        settings.addAll(List.of("training.iterations=2", "training.meta-batch=2", "tasks.train-support=192"));
        Experiment experiment =
                experiment("toy-2d-blur-unroll-small", settings, "meta-gradient={name: " + estimator + "}");
        MetricRow.Test result = evaluate(train(estimator, experiment));
        assertThat(result.metricName()).isEqualTo("accuracy");
        // 384 points in batches of 64.
        assertThat(result.byStep()).hasSize(7);
        assertThat(result.metric()).isBetween(0.0, 1.0);
    }

    @Test
    void aRuleIsComparedWithPlainTrainingOnTheSameStreams() {
        RunFolder rule = train(
                "rule",
                experiment(
                        "toy-2d-blur-small",
                        SHORT,
                        "training.iterations=1",
                        "training.meta-batch=2",
                        "meta-gradient.population=4"));
        RunFolder plain = train("plain", experiment("toy-2d-scratch-small", SHORT, "tasks.support=640"));
        ComparisonData comparison = SideBySide.measure(
                List.of(rule.path(), plain.path()), List.of(), OptionalInt.of(6), OptionalInt.of(2), text -> {});
        assertThat(comparison.runs()).hasSize(2);
        assertThat(comparison.notes()).noneMatch(note -> note.contains("different tasks"));
        assertThat(comparison.runs().get(1).bySteps()).hasSize(4);
        assertThat(comparison.facts().get("tasks")).isEqualTo("plane, 2-way streams of 384, 50 queries");
    }

    /** Twenty drawings of a character: fifteen in the stream, over and over, and five to be judged on. */
    @Test
    @SuppressWarnings("try") // the scope works by being open
    void omniglotIsAStreamToo() {
        Experiment experiment = experiment(
                "omniglot-blur-small",
                List.of("tasks.images=omniglot", "tasks.support=200", "tasks.queries=150", "tasks.train-way=5"));
        TaskSet data = experiment.tasks().load();
        try (Scope s = Scope.open()) {
            Episodes train = data.train().sample(2, new SplittableRandom(1));
            assertThat(train.way()).isEqualTo(5);
            assertThat(train.supportX().shape()).containsExactly(2, 1920, 1, 14, 14);
            Episodes validation = data.validation().orElseThrow().sample(1, new SplittableRandom(1));
            assertThat(validation.querySize()).isEqualTo(50);
            Episodes test = data.test().sample(1, new SplittableRandom(1));
            assertThat(test.way()).isEqualTo(10);
            assertThat(test.supportX().mean().item()).isBetween(0.02, 0.4);
        }
    }

    @Test
    void whatDoesNotFitIsRefusedByKey() {
        assertThatThrownBy(() -> experiment("toy-2d-blur-small", List.of("tasks.families=[or, circles]")))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("tasks.families: there is no family \"circles\"");
        assertThatThrownBy(() -> experiment("toy-2d-blur-small", List.of("tasks.way=3")))
                .hasMessageContaining("has 2 classes, not 3");
        assertThatThrownBy(() -> experiment("mnist-blur", List.of("tasks.class-sets=[4-4]")))
                .hasMessageContaining("tasks.class-sets must be ranges of classes such as 0-4, not 4-4");
        assertThatThrownBy(() -> experiment("mnist-blur", List.of("tasks.crop=30")))
                .hasMessageContaining("tasks.crop must be at most 28");
    }
}
