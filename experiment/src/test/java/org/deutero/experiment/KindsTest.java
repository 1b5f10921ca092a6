package org.deutero.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.experiment.report.Course;
import org.deutero.experiment.report.Course.Curve;
import org.deutero.experiment.report.Course.Role;
import org.deutero.experiment.report.ReportData;
import org.deutero.experiment.report.Strip;
import org.deutero.tasks.kind.TaskKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small recipe of each kind of tasks from start to report: trained, validated, resumed, measured. */
class KindsTest {
    private static final String EPISODES = """
        seed: 1
        tasks: {source: sinusoid, shot: 10}
        method: {name: maml}
        network: {hidden: [20, 20]}
        meta-optimizer: {name: adam, rate: 0.01}
        training: {iterations: 90, meta-batch: 8, shard: 4, validate-every: 30, checkpoint-every: 45}
        evaluation: {tasks: 200, validation-tasks: 20, examples: 2}
        """;

    private static final String SEQUENCES = """
        seed: 1
        tasks: {source: prototype-sequences, features: 8, way: 2, shot: 4, deviation: 0.15}
        method: {name: mann, units: 32, slots: 8, width: 8, heads: 1}
        meta-optimizer: {name: adam, rate: 0.01, clip-norm: 10}
        training: {iterations: 60, meta-batch: 16, shard: 16, validate-every: 20, checkpoint-every: 30}
        evaluation: {tasks: 200, validation-tasks: 20, first-counted: 2, examples: 2}
        """;

    private static final String WORLDS = """
        seed: 1
        tasks: {source: cart-pole, polarity: swapped, horizon: 60}
        method: {name: hebbian, plastic: false}
        network: {hidden: [4]}
        meta-gradient: {name: openai-es, pairs: 16, std: 0.1, shaping: standardized-ranks}
        meta-optimizer: {name: sgd, rate: 0.3}
        training: {iterations: 6, meta-batch: 2, shard: 2, validate-every: 2, checkpoint-every: 3}
        evaluation: {tasks: 20, validation-tasks: 10, examples: 2}
        """;

    private static final String BANDITS = """
        seed: 1
        tasks: {source: bernoulli-bandit, arms: 2, rounds: 10}
        method: {name: symla, state: 4, message: 2}
        meta-gradient: {name: es, std: 0.1}
        training: {iterations: 4, meta-batch: 8, shard: 8, validate-every: 2, checkpoint-every: 2}
        evaluation: {tasks: 20, validation-tasks: 10, examples: 2}
        """;

    private static final String TAUGHT = """
        seed: 1
        tasks: {source: catch, rows: 3, columns: 3, copies: 4, episodes: 0, steps: 64}
        method: {name: disco, predictions: 4, trajectory-units: 4, lifetime-units: 4, bins: 5, largest-value: 1, model: 4, rollout: 4, validation: 8}
        network: {hidden: [8]}
        meta-gradient: {name: truncated-bptt, window: 1, update: window}
        training: {iterations: 4, meta-batch: 2, shard: 1, validate-every: 2, checkpoint-every: 2}
        evaluation: {tasks: 4, validation-tasks: 4, examples: 2, measure: late-terminal-reward}
        """;

    private static final String PROBLEMS = """
        seed: 1
        tasks: {source: quadratics, dimensions: 5, steps: 20}
        method: {name: learned-rates, rate: 0.003}
        meta-optimizer: {name: adam, rate: 0.1}
        training: {iterations: 20, meta-batch: 8, shard: 4, validate-every: 5, checkpoint-every: 10}
        evaluation: {tasks: 40, validation-tasks: 20, examples: 2}
        """;

    /** Two families of problems, lifetimes of several lengths, windows, and losses as they are met. */
    private static final String OPTIMIZER = """
        seed: 1
        tasks:
          source: quadratics
          dimensions: 3
          entries: identity
          start-deviation: 1
          steps: 12
          shortest-steps: 6
          also: {source: sinusoid, shot: 5, problem: {network: {type: mlp, hidden: [4], activation: sigmoid}, batch: 4, steps: 12}}
        method: {name: mlp-optimizer, hidden: [6], judged: next, step-scale: 0.05}
        meta-gradient: {name: truncated-bptt, window: 4, update: window}
        meta-optimizer: {name: adam, rate: 0.03}
        training: {iterations: 60, meta-batch: 8, shard: 4, validate-every: 30, checkpoint-every: 30}
        evaluation: {tasks: 40, validation-tasks: 20, shard: 10, examples: 2, protocol: prequential}
        """;

    @TempDir
    private Path folder;

    /** Remembers what reports are made from. */
    private static final class Reports implements RunListener {
        private final List<ReportData> all = new ArrayList<>();

        @Override
        public void evaluated(RunFolder run, ReportData data) {
            all.add(data);
        }

        ReportData last() {
            return all.get(all.size() - 1);
        }
    }

    private Experiment experiment(String recipe, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("r.yaml"), recipe);
        return Experiment.of(RecipeFile.load(
                file.toString(),
                Stream.concat(Stream.of("training.threads=1"), Stream.of(more)).toList()));
    }

    private MetricRow.Test untrained(String recipe) throws IOException {
        return experiment(recipe, "training.iterations=0", "evaluation.examples=0")
                .train(folder.resolve("untrained"))
                .test();
    }

    /** Everything that a run does; returns what its report is made from. */
    private ReportData throughout(String recipe, TaskKind<?, ?> kind) throws IOException {
        Experiment experiment = experiment(recipe);
        assertThat(experiment.joint().kind()).isEqualTo(kind);
        Reports reports = new Reports();
        RunResult result = experiment.train(folder.resolve("run"), reports);
        validated(result);
        resumed(result);
        MetricRow.Test again = new Runner(Experiment.of(result.folder().recipe()), result.folder(), RunListener.NONE)
                .measure(OptionalInt.of(5));
        assertThat(again.tasks()).isEqualTo(5);
        assertThat(again.metric()).isFinite();
        return reports.last();
    }

    private static void validated(RunResult result) {
        TrainingSettings schedule = result.experiment().schedule();
        assertThat(result.figures().stream()
                        .filter(MetricRow.Validation.class::isInstance)
                        .map(MetricRow.Validation.class::cast))
                .hasSize(schedule.iterations() / schedule.validateEvery())
                .allSatisfy(row -> assertThat(row.metric()).isFinite());
    }

    /** What was lost after the first of two checkpoints comes out to the same bits. */
    private static void resumed(RunResult result) throws IOException {
        Path last;
        try (Stream<Path> files = Files.list(result.folder().checkpoints())) {
            List<Path> numbered = files.filter(
                            file -> file.getFileName().toString().matches("\\d+\\.safetensors"))
                    .sorted()
                    .toList();
            assertThat(numbered).hasSize(2);
            last = numbered.get(1);
        }
        byte[] bytes = Files.readAllBytes(last);
        Files.delete(last);
        RunResult resumed = Experiment.resume(result.folder().path());
        assertThat(Files.readAllBytes(last)).isEqualTo(bytes);
        assertThat(resumed.test().metric()).isEqualTo(result.test().metric());
        assertThat(resumed.test().interval()).isEqualTo(result.test().interval());
    }

    /** By more than both intervals. */
    private static void better(ReportData data, MetricRow.Test before, boolean higherIsBetter) {
        MetricRow.Test after = data.rows().stream()
                .filter(MetricRow.Test.class::isInstance)
                .map(MetricRow.Test.class::cast)
                .reduce((first, second) -> second)
                .orElseThrow();
        assertThat(after.metricName()).isEqualTo(before.metricName());
        double gain = after.metric() - before.metric();
        assertThat(higherIsBetter ? gain : -gain)
                .as("from %s to %s", before, after)
                .isGreaterThan(after.interval() + before.interval());
    }

    private static List<Course> courses(ReportData data, String title, String... by) {
        assertThat(data.courses()).extracting(Course::title).containsOnly(title);
        assertThat(data.courses()).extracting(Course::by).containsExactly(by);
        return data.courses();
    }

    private static Curve last(List<Curve> curves, Role role) {
        return curves.stream()
                .filter(curve -> curve.role() == role)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    @Test
    void episodes() throws IOException {
        ReportData data = throughout(EPISODES, TaskKind.EPISODES);
        better(data, untrained(EPISODES), false);
        assertThat(data.adaptations()).hasSize(2);
    }

    @Test
    void sequences() throws IOException {
        ReportData data = throughout(SEQUENCES, TaskKind.SEQUENCES);
        better(data, untrained(SEQUENCES), true);
        List<Course> courses = courses(data, "Sequences", "instance", "position");
        // Two sequences of their own, and the mean.
        assertThat(courses.get(0).curves()).hasSize(3);
        assertThat(last(courses.get(0).curves(), Role.MEAN).x()).containsExactly(1, 2, 3, 4);
        assertThat(last(courses.get(1).curves(), Role.MEAN).x()).hasSize(8);
    }

    @Test
    void worlds() throws IOException {
        ReportData data = throughout(WORLDS, TaskKind.WORLDS);
        better(data, untrained(WORLDS), true);
        List<Course> courses = courses(data, "Lifetimes", "step");
        assertThat(courses.get(0).curves()).hasSize(3);
        Curve mean = last(courses.get(0).curves(), Role.MEAN);
        assertThat(mean.x()).hasSize(61);
        // One point for every step that the pole stands.
        assertThat(mean.y()).isSorted().startsWith(0);
        assertThat(mean.y()[1]).isCloseTo(1, within(1e-9));
        assertThat(data.strips()).hasSize(1);
        assertThat(data.strips().get(0).caption())
                .startsWith("Episode 1 of a test lifetime")
                .contains("return");
        assertThat(data.strips().get(0).pictures())
                .hasSizeBetween(2, 16)
                .first()
                .matches(at -> at.step() == 0);
    }

    /** Lives that are over after their last round. */
    @Test
    void bandits() throws IOException {
        List<Course> courses = courses(throughout(BANDITS, TaskKind.WORLDS), "Lifetimes", "step", "episode", "step");
        double[] added = last(courses.get(0).curves(), Role.MEAN).y();
        double[] each = last(courses.get(1).curves(), Role.MEAN).y();
        assertThat(each).hasSize(10);
        assertThat(DoubleStream.of(each).boxed())
                .allSatisfy(reward -> assertThat(reward).isBetween(0.0, 1.0));
        assertThat(added[10]).isCloseTo(DoubleStream.of(each).sum(), within(1e-6));
        Curve regret = last(courses.get(2).curves(), Role.MEAN);
        Curve uniform = last(courses.get(2).curves(), Role.BEFORE);
        assertThat(regret.y()).hasSize(11).startsWith(0).isSorted();
        // Two arms with rates uniform in [0, 1] differ by a third, of which half is missed at random; of 20 lifetimes.
        assertThat(uniform.y()[10]).isBetween(1.0, 2.5);
    }

    /** An agent that lives eight steps of its world, four episodes, in a step of learning. */
    @Test
    void agentsThatAreTaught() throws IOException {
        ReportData data = throughout(TAUGHT, TaskKind.WORLDS);
        List<Course> courses = courses(data, "Lifetimes", "step of learning", "step of learning");
        assertThat(last(courses.get(0).curves(), Role.MEAN).y()).hasSize(9);
        double[] episodes = last(courses.get(1).curves(), Role.MEAN).y();
        assertThat(episodes).hasSize(8);
        assertThat(DoubleStream.of(episodes).boxed()).allMatch(mean -> mean >= -1 && mean <= 1);
        assertThat(DoubleStream.of(episodes).sum() * 4)
                .isCloseTo(last(courses.get(0).curves(), Role.MEAN).y()[8], within(1e-5));
        assertThat(data.strips()).hasSize(1);
        assertThat(data.strips().get(0).pictures()).hasSize(2);
    }

    @Test
    void optimizersForSeveralFamilies() throws IOException {
        ReportData data = throughout(OPTIMIZER, TaskKind.PROBLEMS);
        better(data, untrained(OPTIMIZER), false);
        MetricRow.Test test = data.rows().stream()
                .filter(MetricRow.Test.class::isInstance)
                .map(MetricRow.Test.class::cast)
                .reduce((first, second) -> second)
                .orElseThrow();
        assertThat(test.parts()).extracting(MetricRow.Part::name).containsExactly("quadratics", "sinusoid");
    }

    @Test
    void whatALearnedObjectiveDoesIsDrawnStateByState() throws IOException {
        Reports reports = new Reports();
        experiment("""
                seed: 1
                tasks: {source: delayed-chain, longest: 6, copies: 2, steps: 50}
                method: {name: lpg, rollout: 10, units: 4, bins: 3}
                training: {iterations: 0}
                evaluation: {tasks: 3, examples: 1}
                """).train(folder.resolve("lpg"), reports);
        ReportData data = reports.last();
        assertThat(data.strips()).hasSize(1);
        assertThat(data.strips().get(0).caption()).contains("likelier");
        assertThat(data.strips().get(0).pictures())
                .extracting(Strip.Moment::step)
                .containsExactly(0, 2, 4);
        // Two actions, six pixels each.
        assertThat(data.strips().get(0).pictures()).allMatch(at -> at.height() == 12);
    }

    @Test
    void problems() throws IOException {
        ReportData data = throughout(PROBLEMS, TaskKind.PROBLEMS);
        better(data, untrained(PROBLEMS), false);
        List<Course> courses = courses(data, "Training runs", "step", "step", "step");
        for (Course course : courses) {
            double[] learned = last(course.curves(), Role.MEAN).y();
            double[] before = last(course.curves(), Role.BEFORE).y();
            assertThat(learned).hasSize(21).startsWith(before[0]);
            assertThat(learned[20]).isLessThan(before[20]);
        }
    }
}
