package org.deutero.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deutero.Deutero;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.learn.evaluate.Summary;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.shards.Workers;
import org.deutero.options.OptionsException;
import org.deutero.serve.FewShotClassifier;
import org.deutero.serve.Support;
import org.deutero.serve.TrainedLearner;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tensor.Params;
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
        Experiment experiment = experiment("noisy-prototypes-mann-small");
        assertThat(experiment.joint().kind()).isEqualTo(TaskKind.SEQUENCES);
        Runner runner = trained(experiment);
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

    /** Trained, validated and chosen as sequences; used as any learner is. */
    @Test
    void aNetworkOfDrawingsIsValidatedExportedAndAnswers() throws IOException {
        Experiment experiment = experiment(
                "omniglot-5class-mann",
                "method.units=8",
                "method.slots=8",
                "method.width=4",
                "tasks.shot=2",
                "tasks.queries=1",
                "training.validate-every=1");
        assertThat(experiment.joint().kind()).isEqualTo(TaskKind.SEQUENCES);
        Runner runner = trained(experiment);
        assertThat(validations(runner.folder()))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.metric()).isBetween(0.0, 1.0));
        Path file = folder.resolve("mann.dtr");
        runner.export(file);
        BufferedImage letter = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
        BufferedImage other = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
        IntStream.range(0, 20).forEach(i -> {
            letter.setRGB(i, 10, 0xFFFFFF);
            other.setRGB(i, i, 0xFFFFFF);
        });
        try (TrainedLearner learner = Deutero.load(file)) {
            assertThat(learner.mostClasses()).isEqualTo(5);
            assertThat(learner.description().calibration()).isPresent();
            Support support =
                    Support.builder().add("bar", letter).add("slope", other).build();
            try (FewShotClassifier classifier = learner.adapt(support)) {
                Path kept = folder.resolve("classifier.dtr");
                classifier.save(kept);
                try (FewShotClassifier again = Deutero.classifier(kept)) {
                    assertThat(again.predict(letter)).isEqualTo(classifier.predict(letter));
                    assertThat(again.predict(letter).label()).isIn("bar", "slope");
                }
            }
        }
    }

    private static List<MetricRow.Validation> validations(RunFolder run) throws IOException {
        return run.metrics().read().stream()
                .filter(MetricRow.Validation.class::isInstance)
                .map(MetricRow.Validation.class::cast)
                .toList();
    }

    /** Without questions there are still the items themselves to be validated on. */
    @Test
    void sequencesWithoutQuestionsAreValidated() throws IOException {
        Runner runner = trained(experiment(
                "prototype-sequences-mann-small", "training.validate-every=1", "evaluation.validation-tasks=40"));
        assertThat(validations(runner.folder()))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.metric()).isBetween(0.2, 0.6));
        assertThat(runner.evaluate(OptionalInt.empty()).parts()).hasSize(5);
    }

    /** Functions are sequences to a network with a memory, and what is shown of them is shown as of any other. */
    /** Nearest neighbours know noise again, so they are right from the second appearance on; and parts of the test are measured from the same item on as the whole. */
    @Test
    void projectedImagesAreMeasuredAsTheyCome() {
        Experiment experiment = experiment(
                "mnist-gpicl-nearest-neighbour-small",
                "tasks.images=random-vectors",
                "tasks.test-sets=[]",
                "tasks.test-parts=[seen, unpermuted]",
                "tasks.length=20",
                "evaluation.first-counted=19");
        MetricRow.Test result = trained(experiment).evaluate(OptionalInt.empty());
        assertThat(result.byStep()).hasSize(20);
        assertThat(result.byStep().get(0).metric()).isBetween(0.0, 0.5);
        double last =
                (result.byStep().get(18).metric() + result.byStep().get(19).metric()) / 2;
        assertThat(result.metric()).isCloseTo(last, within(1e-6)).isGreaterThan(0.9);
        assertThat(result.parts().stream().map(MetricRow.Part::name)).containsExactly("seen", "unpermuted");
        assertThat(result.parts()).allSatisfy(part -> assertThat(part.metric()).isGreaterThan(0.9));
    }

    @Test
    void functionsAreForetoldPointByPoint() {
        Experiment experiment = experiment(
                "gaussian-process-mann-small", "method.units=8", "method.slots=4", "tasks.test-shots=[3, 5]");
        assertThat(experiment.joint().kind()).isEqualTo(TaskKind.SEQUENCES);
        MetricRow.Test result = trained(experiment).evaluate(OptionalInt.empty());
        assertThat(result.metricName()).isEqualTo("nll");
        assertThat(result.parts().stream().map(MetricRow.Part::name)).contains("3 points", "5 points");
        // Whatever is not a sequence to a method stays what it is.
        assertThat(experiment("gaussian-process-cnp-small").joint().kind()).isEqualTo(TaskKind.EPISODES);
    }

    /** Measured on queries after every item, as sequences or as the episodes that they are: the same figures. */
    @Test
    void figuresAreThoseOfTheEpisodes() {
        Experiment experiment = experiment("noisy-prototypes-mann-small", "evaluation.protocol=queries");
        Joint<Sequences> joint = experiment.joint().as(TaskKind.SEQUENCES, "mann");
        TaskSet data = experiment.tasks().load();
        try (Scope s = Scope.open();
                Workers workers = new Workers(1)) {
            MetaState state = new MetaState(
                    0, joint.learner().metaParameters(new SplittableRandom(1)), Params.EMPTY, Params.EMPTY);
            List<Summary> asSequences = experiment
                    .test(
                            joint,
                            joint.tasks()
                                    .apply(Optional.of(data), LoadListener.NONE)
                                    .test(),
                            20)
                    .bySteps(joint.learner(), state, workers)
                    .bySteps();
            List<Summary> asEpisodes = experiment
                    .test(data, 20)
                    .bySteps(experiment.learner(), state, workers)
                    .bySteps();
            assertThat(asSequences).hasSize(16).isEqualTo(asEpisodes);
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
