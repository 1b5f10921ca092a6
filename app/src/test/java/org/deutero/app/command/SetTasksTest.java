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
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.options.OptionsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Learners of functions from sets of points: trained, measured by how many points are shown, and drawn. */
class SetTasksTest {
    private static final String PROCESS = "tasks: {source: gaussian-process, test-shots: [2, 4]}\n"
            + "method: {name: np, width: 8, samples: 3}\n"
            + "training: {iterations: 3, meta-batch: 4, threads: 1}\n"
            + "evaluation: {tasks: 7, shard: 3, validation-tasks: 3, measure: nll, examples: 1}\n";

    private static final String PICTURES = "tasks: {source: image-completion, images: omniglot, size: 8,"
            + " train-most: 20, extra-most: 10, shot: 10, test-shots: [5, 30]}\n"
            + "method: {name: cnp, width: 8}\n"
            + "training: {iterations: 2, meta-batch: 4, threads: 1}\n"
            + "evaluation: {tasks: 5, examples: 1}\n";

    @TempDir
    private Path folder;

    private Experiment experiment(String yaml, String... overrides) throws IOException {
        Path file = Files.writeString(folder.resolve("r.yaml"), yaml);
        return Experiment.of(RecipeFile.load(file.toString(), List.of(overrides)));
    }

    private RunFolder run(String yaml) throws IOException {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        Runner runner = new Runner(experiment(yaml), run, RunListeners.training(ProgressDisplay.none()));
        runner.train();
        runner.evaluate(OptionalInt.empty());
        return run;
    }

    private static List<MetricRow.BySize> sized(RunFolder run) throws IOException {
        return run.metrics().read().stream()
                .filter(MetricRow.BySize.class::isInstance)
                .map(MetricRow.BySize.class::cast)
                .toList();
    }

    private static double metric(List<MetricRow.BySize> rows, String predictor, int points, String name) {
        return rows.stream()
                .filter(row -> row.predictor().equals(predictor)
                        && row.points() == points
                        && row.metricName().equals(name))
                .findFirst()
                .orElseThrow()
                .metric();
    }

    @Test
    void functionsAreMeasuredByHowManyPointsAreShown() throws IOException {
        RunFolder run = run(PROCESS);
        List<MetricRow.BySize> rows = sized(run);
        assertThat(rows).hasSize(6 + 8);
        MetricRow.Test test =
                (MetricRow.Test) run.metrics().read().get(run.metrics().read().size() - 1);
        assertThat(test.metricName()).isEqualTo("nll");
        assertThat(test.parts()).hasSize(6);
        assertThat(test.parts().get(0))
                .isEqualTo(new MetricRow.Part(
                        "2 points", "nll", rows.get(0).metric(), rows.get(0).interval()));
        // Before any point a neural process believes what the standard normal predictor says, on the same functions.
        assertThat(test.byStep().get(0).metric()).isCloseTo(metric(rows, "standard normal", 4, "nll"), within(1e-5));
        assertThat(metric(rows, "exact posterior", 4, "mse")).isLessThan(metric(rows, "standard normal", 4, "mse"));
        assertThat(run.report())
                .content()
                .contains("By points shown</h2>", "exact posterior", "Functions</h2>", "2 points are shown", "Faint:")
                .doesNotContain("Adaptation</h2>");
    }

    @Test
    void picturesAreCompleted() throws IOException {
        RunFolder run = run(PICTURES);
        List<MetricRow.BySize> rows = sized(run);
        assertThat(metric(rows, "nearest pixel", 30, "mse")).isLessThan(metric(rows, "nearest pixel", 5, "mse"));
        assertThat(metric(rows, "mean image", 5, "nll")).isEqualTo(metric(rows, "mean image", 30, "nll"));
        assertThat(rows)
                .noneMatch(row -> row.predictor().equals("nearest pixel")
                        && row.metricName().equals("nll"));
        assertThat(run.report()).content().contains("Pictures</h2>", "5 pixels shown", "30 pixels shown");
    }

    @Test
    void likelihoodsNeedALearnerThatPredictsADistribution() {
        assertThatThrownBy(() -> experiment(
                        "tasks: {source: gaussian-process}\nmethod: {name: maml}\nevaluation: {measure: nll}\n"))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("evaluation.measure is nll, but method maml predicts no distribution");
    }

    @Test
    void learnersOfWeightsMeetTheSameFunctions() throws IOException {
        RunFolder run = run(
                "tasks: {source: gaussian-process, test-shots: [2]}\nmethod: {name: maml, inner-rate: 0.01}\n"
                        + "training: {iterations: 2, meta-batch: 4, threads: 1}\nevaluation: {tasks: 7, examples: 1}\n");
        assertThat(metric(sized(run), "maml", 2, "mse")).isBetween(0.1, 10.0);
        assertThat(sized(run))
                .noneMatch(row ->
                        row.predictor().equals("maml") && row.metricName().equals("nll"));
        assertThat(run.report()).content().contains("Adaptation</h2>").doesNotContain("Functions</h2>");
    }

    @Test
    void numbersOfPointsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> experiment(PICTURES, "tasks.shot=65"))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining(
                        "tasks.shot, tasks.train-most, tasks.test-shots: pictures of 64 pixels cannot show 65");
        assertThatThrownBy(() -> experiment(PROCESS, "tasks.train-fewest=12"))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("tasks.train-fewest")
                .hasMessageContaining("12 to 9 points");
        assertThatThrownBy(() -> experiment(PROCESS, "tasks.length-least=3"))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("above the largest");
    }
}
