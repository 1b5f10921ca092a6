package org.deutero.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.deutero.app.progress.ProgressDisplay;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.RunFolder;
import org.deutero.experiment.Runner;
import org.deutero.experiment.base.FolderLock;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.learn.gradient.Unroll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTest {
    private static final String SINUSOIDS = "name: small\n"
            + "tasks: {source: sinusoid, shot: 5}\n"
            + "method: {name: maml, inner-rate: 0.01, evaluation-steps: 3}\n"
            + "training: {iterations: 40, meta-batch: 6, shard: 2, threads: 1, validate-every: 10,"
            + " checkpoint-every: 10, keep-checkpoints: 99}\n"
            + "evaluation: {tasks: 20, validation-tasks: 10}\n";

    @TempDir
    private Path folder;

    private Path recipe;

    @BeforeEach
    void writeRecipe() throws IOException {
        recipe = Files.writeString(folder.resolve("r.yaml"), SINUSOIDS);
    }

    private RunFolder train(String name, String... overrides) {
        RunFolder run = RunFolder.create(folder.resolve(name));
        Experiment experiment = Experiment.of(RecipeFile.load(recipe.toString(), List.of(overrides)));
        new Runner(experiment, run, RunListeners.training(ProgressDisplay.none())).train();
        return run;
    }

    private static Runner reopen(RunFolder run) {
        return new Runner(Experiment.of(run.recipe()), run, RunListeners.training(ProgressDisplay.none()));
    }

    private static byte[] checkpoint(RunFolder run, String name) throws IOException {
        return Files.readAllBytes(run.checkpoints().resolve(name + ".safetensors"));
    }

    @Test
    void aRunLeavesRecipeNumbersCheckpointsEventsAndReport() throws IOException {
        RunFolder run = train("a");
        MetricRow.Test result = reopen(run).evaluate(OptionalInt.empty());
        assertThat(result.metricName()).isEqualTo("mse");
        assertThat(result.tasks()).isEqualTo(20);
        assertThat(result.byStep()).hasSize(4);
        assertThat(result.byStep().get(3).metric()).isEqualTo(result.metric());
        assertThat(run.report()).content().contains("Adaptation</h2>", "3 steps", "inner-rate: 0.01");
        assertThat(run.events()).isNotEmptyDirectory();
        List<MetricRow> rows = run.metrics().read();
        assertThat(rows.get(0)).isEqualTo(new MetricRow.Start("unroll", Unroll.FULL.describe()));
        assertThat(run.report()).content().contains("unroll: " + Unroll.FULL.describe());
        assertThat(rows).filteredOn(MetricRow.Train.class::isInstance).hasSize(40);
        assertThat(rows).filteredOn(MetricRow.Validation.class::isInstance).hasSize(4);
        assertThat(rows.get(rows.size() - 1)).isEqualTo(result);
        assertThat(run.recipe().tree()).containsEntry("name", "small");
    }

    /** Where two kinds of task meet, each is measured as it is alone. */
    @Test
    void kindsOfTasksHaveFiguresOfTheirOwn() throws IOException {
        recipe = Files.writeString(
                folder.resolve("poles.yaml"),
                "tasks: {source: cart-pole, horizon: 40}\n"
                        + "method: {name: hebbian, plastic: false}\n"
                        + "network: {hidden: [3]}\n"
                        + "training: {iterations: 0, threads: 1}\n"
                        + "evaluation: {tasks: 10, by-steps: false}\n");
        MetricRow.Test both = reopen(train("both")).evaluate(OptionalInt.empty());
        assertThat(both.parts()).extracting(MetricRow.Part::name).containsExactly("normal", "swapped");
        for (MetricRow.Part part : both.parts()) {
            MetricRow.Test alone =
                    reopen(train(part.name(), "tasks.polarity=" + part.name())).evaluate(OptionalInt.empty());
            assertThat(alone.metric()).isEqualTo(part.metric());
            assertThat(alone.parts()).isEmpty();
        }
        assertThat(both.parts().get(0).metric())
                .isNotEqualTo(both.parts().get(1).metric());
    }

    @Test
    void aLearnerThatCanTellShowsItsStructure() throws IOException {
        RunFolder run = train("structure", "method.name=neuronml", "method.inner-steps=1", "training.shard=6");
        reopen(run).evaluate(OptionalInt.empty());
        assertThat(run.report())
                .content()
                .contains("Structure</h2>", "40 units of l1", "24 test tasks", "units overlap", "gates closed");
        List<MetricRow> rows = run.metrics().read();
        assertThat(rows.get(rows.size() - 1)).isInstanceOfSatisfying(MetricRow.Structure.class, row -> {
            assertThat(row.tasks()).isEqualTo(24);
            assertThat(row.numbers()).containsKeys("weights-active", "weights-overlap", "gate-mean");
            assertThat(row.numbers().get("units-active")).isBetween(0.1, 1.0);
            assertThat(row.numbers().get("units-overlap")).isBetween(0.1, 1.0);
        });
        assertThat(rows)
                .filteredOn(MetricRow.Train.class::isInstance)
                .allSatisfy(row -> assertThat(((MetricRow.Train) row).diagnostics())
                        .containsKeys(
                                "frugality", "plasticity", "sensitivity", "gate-mean", "gates-closed", "gates-open"));
    }

    /** A figure under other conditions must not pass for the run's own. */
    @Test
    void measuringUnderOtherConditionsLeavesTheRunAlone() throws IOException {
        RunFolder run = train("a");
        MetricRow.Test own = reopen(run).evaluate(OptionalInt.empty());
        byte[] log = Files.readAllBytes(run.path().resolve("metrics.jsonl"));
        byte[] report = Files.readAllBytes(run.report());
        Experiment changed = Experiment.of(run.recipe(List.of("tasks.shot=3")));
        MetricRow.Test other =
                new Runner(changed, run, RunListeners.training(ProgressDisplay.none())).measure(OptionalInt.of(7));
        assertThat(other.tasks()).isEqualTo(7);
        assertThat(other.metric()).isNotEqualTo(own.metric());
        assertThat(run.path().resolve("metrics.jsonl")).hasBinaryContent(log);
        assertThat(run.report()).hasBinaryContent(report);
    }

    @Test
    void theNumberOfThreadsChangesNoBit() throws IOException {
        RunFolder one = train("one");
        RunFolder three = train("three", "training.threads=3");
        assertThat(checkpoint(one, "00000040")).isEqualTo(checkpoint(three, "00000040"));
        assertThat(checkpoint(one, "best")).isEqualTo(checkpoint(three, "best"));
    }

    @Test
    void aResumedRunEndsInTheSameBits() throws IOException {
        RunFolder whole = train("whole");
        RunFolder cut = train("cut");
        // As if the run had been killed between the checkpoints of iterations 20 and 30.
        Files.delete(cut.checkpoints().resolve("00000030.safetensors"));
        Files.delete(cut.checkpoints().resolve("00000040.safetensors"));
        reopen(cut).resume();
        assertThat(checkpoint(cut, "00000040")).isEqualTo(checkpoint(whole, "00000040"));
        assertThat(checkpoint(cut, "best")).isEqualTo(checkpoint(whole, "best"));
        assertThat(cut.metrics().read()).hasSameSizeAs(whole.metrics().read());
    }

    @Test
    void theBestCheckpointsAnswerTogether() throws IOException {
        String[] three = {"training.keep-best=3", "evaluation.ensemble=3"};
        RunFolder whole = train("whole", three);
        RunFolder cut = train("cut", three);
        Files.delete(cut.checkpoints().resolve("00000030.safetensors"));
        Files.delete(cut.checkpoints().resolve("00000040.safetensors"));
        reopen(cut).resume();
        List<String> bests = bests(whole);
        assertThat(bests).hasSize(3);
        assertThat(bests(cut)).isEqualTo(bests);
        for (String name : bests) {
            assertThat(checkpoint(cut, name)).isEqualTo(checkpoint(whole, name));
        }
        double together = reopen(whole).evaluate(OptionalInt.empty()).metric();
        assertThat(reopen(cut).evaluate(OptionalInt.empty()).metric()).isEqualTo(together);
        Experiment single = Experiment.of(whole.recipe(List.of("evaluation.ensemble=1")));
        assertThat(new Runner(single, whole, RunListeners.training(ProgressDisplay.none()))
                        .measure(OptionalInt.empty())
                        .metric())
                .isNotEqualTo(together);
    }

    private static List<String> bests(RunFolder run) throws IOException {
        try (Stream<Path> files = Files.list(run.checkpoints())) {
            return files.map(f -> f.getFileName().toString().replace(".safetensors", ""))
                    .filter(name -> name.startsWith("best-"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aRunWithoutACheckpointStartsAgain() throws IOException {
        RunFolder whole = train("whole");
        RunFolder cut = RunFolder.create(folder.resolve("cut"));
        RecipeFile.write(
                cut.recipeFile(), Experiment.of(RecipeFile.read(recipe)).resolved());
        assertThatThrownBy(() -> reopen(cut).evaluate(OptionalInt.empty()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("holds no checkpoint yet");
        reopen(cut).resume();
        assertThat(checkpoint(cut, "00000040")).isEqualTo(checkpoint(whole, "00000040"));
    }

    @Test
    void whatHasNothingToLearnIsMeasuredAsItIs() throws IOException {
        Files.writeString(
                recipe,
                "tasks: {queries: 2}\nmethod: {name: nearest-centroid}\ntraining: {iterations: 0}\n"
                        + "evaluation: {tasks: 30, examples: 1}\n");
        RunFolder run = train("centroid");
        MetricRow.Test result = reopen(run).evaluate(OptionalInt.empty());
        assertThat(result.metric()).isBetween(0.3, 0.9);
        assertThat(run.report()).content().contains("Example tasks</h2>");
    }

    @Test
    void aFolderInUseIsRefused() {
        RunFolder run = train("a");
        assertThatThrownBy(() -> RunFolder.create(run.path()))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("is not empty")
                .hasMessageContaining("--resume");
        assertThatThrownBy(() -> RunFolder.create(recipe.resolve("below-a-file")))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("cannot be made");
        assertThatThrownBy(() -> RunFolder.open(folder)).hasMessageContaining("it holds no recipe.yaml");
    }

    @Test
    void aRunThatIsRefusedOnceItStartsLeavesItsFolderFree() throws IOException {
        Files.writeString(
                recipe,
                "tasks: {source: delayed-chain, steps: 200, copies: 2}\nmethod: {name: lpg, units: 4, rollout: 500}\n"
                        + "training: {iterations: 1, meta-batch: 2, shard: 2}\nevaluation: {tasks: 2}\n");
        Path place = folder.resolve("refused");
        assertThatThrownBy(() -> train("refused")).hasMessageContaining("expected at most 200");
        assertThat(place).isDirectoryNotContaining(file -> !file.endsWith(FolderLock.NAME));
        Files.writeString(recipe, Files.readString(recipe).replace("rollout: 500", "rollout: 20"));
        assertThat(train("refused").recipeFile()).exists();
    }
}
