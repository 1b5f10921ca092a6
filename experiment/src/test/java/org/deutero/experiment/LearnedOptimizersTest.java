package org.deutero.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.deutero.Deutero;
import org.deutero.experiment.gradcheck.GradientCheck;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.options.OptionsException;
import org.deutero.serve.TrainedOptimizer;
import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import org.deutero.tensor.io.Safetensors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run of a learned optimiser leaves is an optimiser for all other training. */
class LearnedOptimizersTest {
    /** Trained for so few updates that it is of no use, which nothing here asks of it. */
    private static final String OPTIMIZER = """
            name: bowls
            description: bowls of five dimensions only
            seed: 1
            tasks: {source: quadratics, dimensions: 5, steps: 10}
            method: {name: mlp-optimizer, hidden: [8], step-scale: 0.1}
            meta-gradient: {name: truncated-bptt, window: 5}
            meta-optimizer: {rate: 0.01}
            training: {iterations: 3, meta-batch: 4, shard: 4, threads: 1, validate-every: 0}
            evaluation: {tasks: 4, examples: 0, by-steps: false}
            """;

    private static final String MAML = """
            seed: 1
            tasks: {source: sinusoid, shot: 5}
            method: {name: maml}
            network: {hidden: [6], activation: tanh}
            training: {iterations: 4, meta-batch: 8, shard: 2, threads: 1, validate-every: 0, checkpoint-every: 2}
            evaluation: {tasks: 4, examples: 0, by-steps: false}
            """;

    @TempDir
    private static Path shared;

    private static Path run;
    private static Path file;

    @TempDir
    private Path folder;

    @BeforeAll
    static void trained() throws IOException {
        run = shared.resolve("run");
        Path recipe = Files.writeString(shared.resolve("optimizer.yaml"), OPTIMIZER);
        RunResult result =
                Experiment.of(RecipeFile.load(recipe.toString(), List.of())).train(run);
        assertThat(result.isOptimizer()).isTrue();
        file = result.export().orElseThrow();
    }

    private Experiment experiment(String recipe, String... more) throws IOException {
        Path yaml = Files.writeString(folder.resolve("r.yaml"), recipe);
        return Experiment.of(RecipeFile.load(yaml.toString(), List.of(more)));
    }

    private byte[] checkpoint(String folder, String... more) throws IOException {
        RunResult result = experiment(MAML, more).train(this.folder.resolve(folder));
        return Files.readAllBytes(last(result));
    }

    private static Path last(RunResult result) throws IOException {
        try (Stream<Path> files = Files.list(result.folder().checkpoints())) {
            return files.filter(f -> f.getFileName().toString().matches("\\d+\\.safetensors"))
                    .sorted()
                    .reduce((first, second) -> second)
                    .orElseThrow();
        }
    }

    @Test
    void metaParametersMoveByALearnedRule() throws IOException {
        String learned = "meta-optimizer={name: learned, file: " + file + "}";
        RunResult result = experiment(MAML, learned).train(folder.resolve("one"));
        Path last = last(result);
        byte[] bytes = Files.readAllBytes(last);
        try (Scope s = Scope.open()) {
            var tensors = Safetensors.read(last).tensors();
            long weights = tensors.child("theta").numel();
            assertThat(tensors.filter(name -> name.endsWith(".m")).values())
                    .singleElement()
                    .satisfies(m -> assertThat(m.shape()).containsExactly(6, weights));
        }
        Files.delete(last);
        RunResult resumed = Experiment.resume(result.folder().path());
        assertThat(Files.readAllBytes(last(resumed))).isEqualTo(bytes);

        assertThat(checkpoint("threads", learned, "training.threads=3")).isEqualTo(bytes);
        assertThat(checkpoint("folder", "meta-optimizer={name: learned, file: " + run + "}"))
                .isEqualTo(bytes);
        assertThat(checkpoint("scaled", learned, "meta-optimizer.rate=0.5")).isNotEqualTo(bytes);
        assertThat(result.experiment().resolved())
                .extractingByKey("meta-optimizer")
                .asString()
                .contains("rate=1.0");
    }

    @Test
    void anInnerLoopOfALearnedRuleIsDifferentiable() throws IOException {
        Experiment maml =
                experiment(MAML, "method.inner-optimizer=learned", "method.inner-file=" + file, "method.inner-steps=3");
        GradientCheck.Result result = new GradientCheck(
                        maml, new GradientCheck.Settings(2, 4, DType.FLOAT64, List.of("first-order")), line -> {})
                .run();
        assertThat(result.against()).isEqualTo("float64 against float64");
        assertThat(result.own().error()).isLessThan(1e-12);
        assertThat(result.own().slopeError()).isLessThan(1e-5);
        assertThat(result.findings().stream()
                        .filter(finding -> finding.entry().label().equals("first-order")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.error()).isGreaterThan(1e-4));
        assertThat(maml.train(folder.resolve("inner")).test().metric()).isFinite();
    }

    @Test
    void otherProblemsAreTrainedByTheSameRule() throws IOException {
        RunFolder trained = RunFolder.open(run);
        Experiment perceptron =
                experiment(OPTIMIZER, "tasks={source: sinusoid, shot: 8, problem: {hidden: [7], batch: 4, steps: 12}}");
        try (LoadedLearner<?> loaded = LoadedLearner.ofAny(Experiment.of(trained.recipe()), trained)) {
            assertThat(loaded.misfit(perceptron.joint().learner())).isEmpty();
        }
        double loss = new Runner(perceptron, trained, RunListener.NONE)
                .measure(OptionalInt.of(3))
                .metric();
        double other = experiment("""
                        tasks: {source: sinusoid, shot: 8, problem: {hidden: [7], batch: 4, steps: 12}}
                        method: {name: from-scratch, inner-optimizer: learned}
                        training: {iterations: 0}
                        evaluation: {tasks: 3, examples: 0, by-steps: false}
                        """, "seed=1", "method.inner-file=" + run)
                .train(folder.resolve("plain"))
                .test()
                .metric();
        assertThat(other).isEqualTo(loss);
    }

    private double trainedBy(String optimizer) throws IOException {
        return experiment("""
                        seed: 3
                        tasks:
                          source: omniglot
                          way: 5
                          shot: 8
                          queries: 4
                          size: 14
                          problem: {hidden: [20], activation: sigmoid, batch: 16, steps: 60}
                        training: {iterations: 0}
                        evaluation: {tasks: 6, shard: 6, examples: 0, by-steps: false}
                        """, "method={name: from-scratch, " + optimizer + "}")
                .train(folder.resolve("race" + optimizer.hashCode()))
                .test()
                .metric();
    }

    /** On a network that it was not trained for. */
    @Test
    void whatShipsIsFasterThanAnUntunedAdam() throws IOException {
        assertThat(trainedBy("inner-optimizer: learned"))
                .isLessThan(trainedBy("inner-optimizer: adam, inner-rate: 0.001") - 0.1);
        assertThat(Deutero.builtinOptimizer("optimizer-mlp").description().note())
                .isNotEmpty();
    }

    @Test
    void aFileTellsWhereItComesFrom() {
        TrainedOptimizer optimizer = Deutero.optimizer(run);
        assertThat(optimizer.description().method()).isEqualTo("mlp-optimizer");
        assertThat(optimizer.description().note()).isEqualTo("bowls of five dimensions only");
        assertThat(optimizer.size()).isEqualTo(19 * 8 + 8 + 8 * 2 + 2);
    }

    @Test
    void whatIsNoOptimiserIsRefused() throws IOException {
        refused("meta-optimizer.file: there is no file none.dtr", "meta-optimizer={name: learned, file: none.dtr}");
        refused("holds no learner.dtr", "meta-optimizer={name: learned, file: " + folder + "}");
        Path text = Files.writeString(folder.resolve("text.dtr"), "no tensors in here");
        refused(
                "damaged, cut off or no .dtr file",
                "method={name: maml, inner-optimizer: learned, inner-file: " + text + "}");
        refused(
                "no optimiser \"mlp\" comes with this build of Deutero",
                "meta-optimizer={name: learned, file: builtin:mlp}");
        refused(
                "meta-optimizer.file: builtin:omniglot-maml is a learner, not an optimiser; expected what \"deutero export\" makes",
                "meta-optimizer={name: learned, file: builtin:omniglot-maml}");
        assertThatThrownBy(() -> Deutero.load(run))
                .hasMessageContaining("is an optimiser, which learns no classes by itself");
        assertThatThrownBy(() -> LearnerSource.runner(RunFolder.open(run)).learner())
                .hasMessageContaining("has trained an optimiser");
    }

    private void refused(String reason, String... more) {
        assertThatThrownBy(() -> experiment(MAML, more))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining(reason)
                .message()
                .hasLineCount(1);
    }
}
