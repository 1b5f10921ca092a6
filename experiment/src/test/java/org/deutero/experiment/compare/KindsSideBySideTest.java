package org.deutero.experiment.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.RunResult;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.experiment.report.ComparisonData;
import org.deutero.experiment.report.ComparisonData.Point;
import org.deutero.experiment.report.Course;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of every kind of tasks side by side, on the same tasks. */
class KindsSideBySideTest {
    private static final String SHORT = """
            training: {iterations: 1, meta-batch: 2, shard: 2, validate-every: 0, threads: 1}
            """;
    private static final String SEQUENCES = SHORT + """
            tasks: {source: prototype-sequences, features: 4, way: 2, shot: 3}
            method: {name: mann, units: 8, slots: 4, width: 4, heads: 1}
            evaluation: {tasks: 6, first-counted: 2, examples: 0}
            """;
    private static final String WORLDS = SHORT + """
            tasks: {source: bernoulli-bandit, arms: 3, rounds: 5}
            method: {name: symla, state: 2, message: 2}
            meta-gradient: {name: es}
            evaluation: {tasks: 6, examples: 0}
            """;
    private static final String PROBLEMS = SHORT + """
            tasks: {source: quadratics, dimensions: 3, steps: 4}
            method: {name: learned-rates, rate: 0.01}
            evaluation: {tasks: 6, examples: 0}
            """;

    @TempDir
    private Path folder;

    private RunResult train(String name, String recipe, String... overrides) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".yaml"), recipe);
        return Experiment.of(RecipeFile.load(file.toString(), List.of(overrides)))
                .train(folder.resolve(name));
    }

    private static ComparisonData compare(RunResult... runs) {
        return SideBySide.measure(
                Stream.of(runs).map(run -> run.folder().path()).toList(),
                List.of(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                line -> {});
    }

    /** The first run's figure is its own, the difference is that of both, and the curve goes by what there is to go by. */
    private static ComparisonData compared(RunResult first, RunResult second, String steps, int from, int points) {
        ComparisonData data = compare(first, second);
        assertThat(data.notes()).isEmpty();
        assertThat(data.tasks()).isEqualTo(6);
        assertThat(data.steps()).isEqualTo(steps);
        assertThat(data.metricName()).isEqualTo(first.test().metricName());
        assertThat(data.runs().get(0).metric()).isEqualTo(first.test().metric());
        assertThat(data.runs()).allSatisfy(run -> {
            assertThat(run.bySteps()).hasSize(points);
            assertThat(run.bySteps().get(0).x()).isEqualTo(from);
            assertThat(run.bySteps().stream().map(Point::metric))
                    .allSatisfy(metric -> assertThat(metric).isFinite());
        });
        assertThat(data.pairs().get(0).difference().paired()).isTrue();
        assertThat(data.pairs().get(0).difference().mean())
                .isCloseTo(data.runs().get(0).metric() - data.runs().get(1).metric(), within(1e-9));
        return data;
    }

    @Test
    void sequencesGoByInstance() throws IOException {
        ComparisonData data =
                compared(train("a", SEQUENCES), train("b", SEQUENCES, "seed=2", "tasks.shot=5"), "instance", 1, 3);
        assertThat(data.higherIsBetter()).isTrue();
        assertThat(data.setting())
                .startsWith("prototype-sequences, sequences with ")
                .contains("shot 3");
    }

    @Test
    void worldsGoByStep() throws IOException {
        RunResult other = train("b", WORLDS, "seed=2", "tasks.rounds=9", "method.state=3");
        assertThat(compared(train("a", WORLDS), other, "step", 0, 5).metricName())
                .isEqualTo("reward");
    }

    @Test
    void problemsGoByStepOfTraining() throws IOException {
        ComparisonData data =
                compared(train("a", PROBLEMS), train("b", PROBLEMS, "seed=2", "method.rate=0.02"), "step", 0, 5);
        assertThat(data.higherIsBetter()).isFalse();
        // All start alike, and a larger rate goes further down in so few steps.
        List<ComparisonData.Run> runs = data.runs();
        assertThat(runs.get(0).bySteps().get(0)).isEqualTo(runs.get(1).bySteps().get(0));
        assertThat(runs.get(1).metric()).isLessThan(runs.get(0).metric());
    }

    /** Three runs of one recipe are one curve, and one of another recipe is another. */
    @Test
    void seedsOfARecipeAreOneLearningCurve() throws IOException {
        RunResult[] runs = new RunResult[4];
        for (int i = 0; i < 4; i++) {
            runs[i] = train(
                    "run" + i,
                    PROBLEMS,
                    "seed=" + (i + 1),
                    "method.rate=" + (i < 3 ? 0.01 : 0.02),
                    "training.iterations=4",
                    "training.validate-every=2",
                    "evaluation.validation-tasks=2");
        }
        Course validation = compare(runs).learning().get(0);
        assertThat(validation.metric()).isEqualTo("held-out-loss");
        assertThat(validation.curves()).extracting(Course.Curve::name).containsExactly("run0 and its 3 seeds", "run3");
        Course.Curve seeds = validation.curves().get(0);
        assertThat(seeds.x()).containsExactly(2, 4);
        assertThat(seeds.interval()).hasSize(2);
        double[] last = Stream.of(runs)
                .limit(3)
                .mapToDouble(run -> run.figures().stream()
                        .filter(MetricRow.Validation.class::isInstance)
                        .mapToDouble(row -> ((MetricRow.Validation) row).metric())
                        .reduce((first, second) -> second)
                        .orElseThrow())
                .toArray();
        assertThat(seeds.y()[1]).isCloseTo((last[0] + last[1] + last[2]) / 3, within(1e-9));
        assertThat(validation.curves().get(1).interval()).isEmpty();
    }

    @Test
    void intervalsOverFewSeedsAreStudents() {
        OverSeeds over = OverSeeds.of(1, 2, 3);
        assertThat(over.mean()).isEqualTo(2);
        assertThat(over.interval()).isCloseTo(4.303 / Math.sqrt(3), within(1e-9));
        assertThat(OverSeeds.of(5).interval()).isNaN();
    }

    @Test
    void whatCannotBeComparedIsRefused() throws IOException {
        RunResult problems = train("problems", PROBLEMS);
        RunResult wide = train("wide", PROBLEMS.replace("method: {", "method: {rates: tensor, "), "tasks.dimensions=5");
        assertThat(compare(problems, wide).setting())
                .as("a learner that knows no dimensions takes those of the first")
                .contains("dimensions 3");
        assertThatThrownBy(() -> compare(problems, train("worlds", WORLDS)))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "problems is measured by its held-out-loss and worlds by its reward: the two cannot be compared");
    }
}
