package org.deutero.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.deutero.app.progress.ProgressDisplay;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.RunFolder;
import org.deutero.experiment.Runner;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.options.OptionsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnlineTestTest {
    private static final String WHEELS = "name: wheels\n"
            + "tasks: {source: wheel-bandit, shot: 20, queries: 10, reward-scale: 0.02}\n"
            + "method: {name: maml, inner-rate: 0.1, inner-steps: 2}\n"
            + "network: {hidden: [8]}\n"
            + "training: {iterations: 3, meta-batch: 4, shard: 2, threads: 1, validate-every: 1}\n"
            + "evaluation: {validation-tasks: 4, online: {deltas: [0.5, 0.9], seeds: 3, trials: 60, update-every: 20,"
            + " update-steps: 3, batch: 8, rate: 0.05, shard: 2, references: [uniform, linear-thompson]}}\n";

    @TempDir
    private Path folder;

    private Experiment experiment(String... overrides) throws IOException {
        Path recipe = Files.writeString(folder.resolve("r.yaml"), WHEELS);
        return Experiment.of(RecipeFile.load(recipe.toString(), List.of(overrides)));
    }

    private RunFolder train(String name, String... overrides) throws IOException {
        RunFolder run = RunFolder.create(folder.resolve(name));
        new Runner(experiment(overrides), run, RunListeners.training(ProgressDisplay.none())).train();
        return run;
    }

    private static Runner reopen(RunFolder run) {
        return new Runner(Experiment.of(run.recipe()), run, RunListeners.training(ProgressDisplay.none()));
    }

    @Test
    void aRunIsMeasuredByPlaying() throws IOException {
        RunFolder run = train("a");
        MetricRow.Test result = reopen(run).evaluate(OptionalInt.empty());
        assertThat(result.metricName()).isEqualTo("normalised-regret");
        assertThat(result.tasks()).isEqualTo(6);
        assertThat(result.parts()).extracting(MetricRow.Part::name).containsExactly("delta 0.5", "delta 0.9");
        List<MetricRow.Online> rows = run.metrics().read().stream()
                .filter(MetricRow.Online.class::isInstance)
                .map(MetricRow.Online.class::cast)
                .toList();
        assertThat(rows)
                .extracting(row -> row.policy() + " " + row.setting())
                .containsExactly(
                        "maml delta 0.5",
                        "maml delta 0.9",
                        "uniform delta 0.5",
                        "uniform delta 0.9",
                        "linear-thompson delta 0.5",
                        "linear-thompson delta 0.9");
        MetricRow.Online first = rows.get(0);
        assertThat(first.games()).hasSize(3);
        assertThat(first.curve()).hasSize(60);
        assertThat(first.curve().get(59).step()).isEqualTo(60);
        assertThat(first.metric())
                .isCloseTo(first.games().stream().mapToDouble(g -> g).average().orElseThrow(), within(1e-12))
                .isEqualTo(result.parts().get(0).metric());
        assertThat(rows.get(2).metric()).isBetween(0.7, 1.3);
        assertThat(Files.readString(run.report()))
                .contains("Deciding online", "Delta 0.5: expected regret", "linear-thompson", "normalised regret");
    }

    @Test
    void threadsAndMeasuringAgainChangeNothing() throws IOException {
        RunFolder run = train("one");
        RunFolder two = train("two", "training.threads=2");
        MetricRow.Test result = reopen(run).measure(OptionalInt.empty());
        assertThat(reopen(two).measure(OptionalInt.empty())).isEqualTo(result);
        assertThat(reopen(run).measure(OptionalInt.empty())).isEqualTo(result);
    }

    @Test
    void whatDoesNotFitIsRefused() throws IOException {
        assertThatThrownBy(() -> experiment("evaluation.online.deltas=[1.5]"))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("evaluation.online.deltas")
                .hasMessageContaining("[0, 1]");
        assertThatThrownBy(() -> experiment("evaluation.online.references=[magic]"))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("magic")
                .hasMessageContaining("neural-linear");
        assertThatThrownBy(() -> experiment("method={name: protonet}")).isInstanceOf(OptionsException.class);
        assertThatThrownBy(() -> experiment("tasks={source: sinusoid}"))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("online");
        RunFolder run = train("b");
        assertThatThrownBy(() -> reopen(run).measure(OptionalInt.of(5)))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("evaluation.online.seeds");
        assertThatThrownBy(() -> reopen(run).learner())
                .isInstanceOf(UserException.class)
                .hasMessageContaining("5 arms");
    }
}
