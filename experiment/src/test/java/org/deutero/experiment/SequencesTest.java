package org.deutero.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.options.OptionsException;
import org.deutero.serve.TrainedLearner;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tensor.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sequences of labelled items, from recipe to accuracy by instance. */
class SequencesTest {
    private static final List<String> SHORT = List.of(
            "training.iterations=2",
            "training.meta-batch=2",
            "training.shard=2",
            "training.threads=1",
            "evaluation.tasks=20",
            "evaluation.validation-tasks=4");

    @TempDir
    private Path folder;

    private static Experiment experiment(String recipe, String... more) {
        return Experiment.of(RecipeFile.load(
                recipe, Stream.concat(SHORT.stream(), Stream.of(more)).toList()));
    }

    private Runner trained(Experiment experiment) {
        RunFolder run = RunFolder.create(folder.resolve(experiment.name()));
        new Runner(experiment, run, RunListener.NONE).train();
        return new Runner(Experiment.of(run.recipe()), run, RunListener.NONE);
    }

    @Test
    void accuracyIsMeasuredByInstance() {
        Runner runner = trained(experiment("noisy-prototypes-mann-small"));
        MetricRow.Test result = runner.evaluate(OptionalInt.empty());
        assertThat(result.parts().stream().map(MetricRow.Part::name))
                .containsExactly("instance 1", "instance 2", "instance 3", "instance 4", "instance 5");
        double later = result.parts().stream()
                .skip(1)
                .mapToDouble(MetricRow.Part::metric)
                .average()
                .orElseThrow();
        // The recipe counts from the second instance on.
        assertThat(Math.abs(result.metric() - later)).isLessThan(1e-6);
        assertThat(result.byStep()).isEmpty();
    }

    /** Strings cannot be guessed: nothing is known of a class when it is first seen. */
    @Test
    void stringsAreTold() {
        MetricRow.Test result = trained(experiment("noisy-prototypes-mann-small", "method.labels=strings"))
                .evaluate(OptionalInt.empty());
        assertThat(result.parts().get(0).metric()).isLessThan(0.05);
    }

    @Test
    void drawingsBecomeFeaturesOfAFrozenEncoder() {
        Experiment experiment = experiment("omniglot-features-mann-small");
        assertThat(experiment.tasks().shape().input()).containsExactly(32L);
        TaskSet data = experiment.tasks().load();
        try (Scope s = Scope.open()) {
            Episodes tasks = data.train().sample(100, new SplittableRandom(1));
            assertThat(tasks.supportX().shape()).containsExactly(100, 30, 32);
            assertThat(tasks.supportX().mean().item()).isBetween(-0.03, 0.03);
            assertThat(Math.sqrt(tasks.supportX().square().mean().item())).isBetween(0.24, 0.33);
            assertThat(data.test().sample(1, new SplittableRandom(1)).way()).isEqualTo(5);
        }
    }

    @Test
    void aNetworkOfDrawingsCanBeExportedAndAnswers() {
        Runner runner = trained(experiment(
                "omniglot-5class-mann",
                "method.units=8",
                "method.slots=8",
                "method.width=4",
                "tasks.shot=2",
                "tasks.queries=1"));
        try (TrainedLearner learner = runner.learner()) {
            assertThat(learner.mostClasses()).isEqualTo(5);
            assertThat(learner.description().calibration()).isPresent();
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> experiment("omniglot-features-mann-small", "tasks.rotation=classes"))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("tasks.rotation must be none with an embedding");
        assertThatThrownBy(() -> experiment("omniglot-features-mann-small", "tasks.size=20"))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("tasks.embedding: builtin:omniglot-narrow takes images of");
    }
}
