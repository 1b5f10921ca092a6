package org.deutero.learn.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.javacpp.Pointer;
import org.deutero.learn.Contribution;
import org.deutero.learn.Descent;
import org.deutero.learn.Lifetime;
import org.deutero.learn.MetaAlgorithm;
import org.deutero.learn.MetaRule;
import org.deutero.learn.MetaState;
import org.deutero.learn.Seeds;
import org.deutero.learn.TaskContext;
import org.deutero.learn.evolution.CovarianceMatrixAdaptation.Shape;
import org.deutero.learn.evolution.cma.Bounds;
import org.deutero.learn.run.Checkpoints;
import org.deutero.learn.run.Plan;
import org.deutero.learn.run.Trainer;
import org.deutero.learn.run.TrainingListener;
import org.deutero.options.OptionsException;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.optim.Adam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Populations through the whole trainer. */
class PopulationTrainingTest {
    private static final CovarianceMatrixAdaptation CMA = cma(0, Bounds.NONE, Fitness.LOSS, OptionalInt.of(3));

    private static final OpenAiEvolution RANKS = new OpenAiEvolution(
            Perturbation.of(6, 0.1), 0.97, 1e-3, Shaping.CENTRED_RANKS, true, 0, 0, Fitness.LOSS, OptionalInt.of(5));

    static final MetaRule[] ALL = {CMA, RANKS, OpenAiEvolution.of(6, 0.1, Shaping.RAW)};

    @TempDir
    private Path folder;

    private static CovarianceMatrixAdaptation cma(int restarts, Bounds bounds, Fitness fitness, OptionalInt chunk) {
        return new CovarianceMatrixAdaptation(
                OptionalInt.of(8), 0.5, true, Shape.AUTO, restarts, bounds, fitness, chunk);
    }

    private static MetaAlgorithm<Points> algorithm(MetaRule gradient, double noise) {
        return gradient.algorithm(new Points.Walker(noise), Descent.of(Adam.DEFAULT, 0.1));
    }

    private Trainer<Points> trainer(MetaAlgorithm<Points> algorithm, Plan plan, String run, TrainingListener listener) {
        return new Trainer<>(
                algorithm,
                Points.FIXED,
                Optional.empty(),
                plan,
                Optional.ofNullable(run).map(r -> new Checkpoints(folder.resolve(r), 100)),
                List.of(listener));
    }

    private static TrainingListener silent() {
        return new TrainingListener() {};
    }

    private static double[] found(MetaState state) {
        try (Scope s = Scope.open()) {
            return state.theta().to(DType.FLOAT64).flatten().doubles();
        }
    }

    /** Two shards of two tasks; the third number of theta is a float32. */
    @Test
    void cmaFindsTheOptimumAndKnowsThatItHas() {
        List<String> reasons = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void converged(long iteration, String reason) {
                reasons.add(iteration + " " + reason);
            }
        };
        try (MetaState end = trainer(algorithm(CMA, 0), new Plan(2000, 4, 2, 2, 1, 0, 0, 0), null, listener)
                .train()) {
            assertThat(found(end)).containsExactly(Points.OPTIMUM, within(1e-5));
            assertThat(end.iteration()).isBetween(30L, 500L);
            assertThat(reasons).singleElement().asString().contains("CMA-ES");
        }
    }

    @Test
    void openAiFindsTheOptimum() {
        Plan plan = new Plan(250, 4, 2, 2, 1, 0, 0, 0);
        try (MetaState end = trainer(algorithm(RANKS, 0), plan, null, silent()).train()) {
            assertThat(found(end)).containsExactly(Points.OPTIMUM, within(0.05));
        }
    }

    /** With noise, threads, and the population in three portions. */
    @ParameterizedTest
    @FieldSource("ALL")
    void threadsAndResumesDoNotChangeABit(MetaRule gradient) {
        MetaAlgorithm<Points> algorithm = algorithm(gradient, 0.3);
        trainer(algorithm, plan(10, 1), "one", silent()).train().close();
        for (int threads : new int[] {2, 3}) {
            trainer(algorithm, plan(10, threads), "threads" + threads, silent())
                    .train()
                    .close();
            assertSame("threads" + threads);
        }
        trainer(algorithm, plan(10, 2), "resumed", silent())
                .resume(Checkpoints.load(folder.resolve("one/00000004.safetensors")))
                .close();
        assertSame("resumed");
    }

    private static Plan plan(long iterations, int threads) {
        return new Plan(iterations, 3, 2, threads, 11, 0, 0, 4);
    }

    private void assertSame(String run) {
        assertThat(folder.resolve(run).resolve("00000010.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("one/00000010.safetensors"));
    }

    /** The same fitness whether candidates are evaluated together, apart, or each by itself as theta of a shared batch. */
    @Test
    void portionsAndBatchesChangeNothingButRounding() {
        try (Scope s = Scope.open()) {
            MetaAlgorithm<Points> threes = algorithm(CMA, 0.3);
            MetaState state = threes.init(Seeds.generator(1, "start"));
            Points tasks = Points.FIXED.sample(2, Seeds.generator(1, "tasks"));
            Params whole = threes.contribute(state, 0, tasks, 5).values().child("fitness");
            assertThat(threes.portions(state)).isEqualTo(3);
            assertThat(whole.names()).containsExactly("0", "1", "2");
            var search = new CmaSearch(CMA, new Points.Walker(0.3)::metaParameters);
            MetaState inner = new MetaState(0, state.theta(), state.slots().child("search"), state.statistics());
            Params candidates = search.candidates(inner, 0, 8);
            double[] together = whole.flatten().doubles();
            for (int i = 0; i < 8; i++) {
                double alone = Fitness.LOSS
                        .of(
                                new Lifetime<>(
                                        new Points.Walker(0.3), candidates.task(i), tasks, TaskContext.training(5)),
                                l -> l)
                        .losses()
                        .sum()
                        .item();
                assertThat(together[i]).isCloseTo(alone, within(1e-12));
                Contribution part = threes.contribute(state, 0, i / 3, tasks, 5);
                assertThat(part.values().get("fitness." + i / 3).doubles()[i % 3])
                        .isEqualTo(together[i]);
            }
        }
    }

    /** The loss that is reported is that of theta, and running statistics are those that theta met. */
    @Test
    void lossAndStatisticsAreThetasOwn() {
        try (Scope s = Scope.open()) {
            MetaAlgorithm<Points> algorithm = algorithm(CMA, 0);
            MetaState state = algorithm.init(Seeds.generator(1, "start"));
            Points tasks = Points.FIXED.sample(2, Seeds.generator(1, "tasks"));
            MetaAlgorithm.Outcome outcome = algorithm.update(state, List.of(algorithm.contribute(state, tasks, 5)));
            double[] theta = found(state);
            double[] at = tasks.at().doubles();
            double loss = 0;
            double[] seen = new double[3];
            for (int i = 0; i < 6; i++) {
                loss += Math.pow((theta[i % 3] - at[i]) / 4, 2) / 2;
                // Both steps observe; the second one's value stands.
                seen[i % 3] += 0.1 * (theta[i % 3] + at[i]) / 2 / 2;
            }
            assertThat(outcome.loss()).isCloseTo(loss, within(1e-12));
            assertThat(outcome.state().statistics().get("start").doubles()).containsExactly(seen, within(1e-12));
            assertThat(outcome.diagnostics())
                    .containsEntry("failed", 0.0)
                    .containsEntry("population", 8.0)
                    .containsKeys("sigma", "axis-ratio", "best-fitness", "median-fitness");
        }
    }

    @Test
    void boundsHold() {
        MetaAlgorithm<Points> algorithm = algorithm(cma(0, new Bounds(-1, 0.75), Fitness.LOSS, OptionalInt.empty()), 0);
        try (MetaState end = trainer(algorithm, new Plan(300, 2, 2, 1, 1, 0, 0, 0), null, silent())
                .train()) {
            assertThat(found(end)).containsExactly(new double[] {0.75, -1, 0.5}, within(1e-4));
        }
    }

    /** The search restarts with twice the population, and theta stays at what was found until there is something better. */
    @Test
    void restartsDoubleThePopulationAndKeepWhatWasFound() {
        MetaAlgorithm<Points> algorithm = algorithm(cma(2, Bounds.NONE, Fitness.LOSS, OptionalInt.empty()), 0);
        List<Double> populations = new ArrayList<>();
        List<double[]> thetas = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void iteration(long iteration, MetaAlgorithm.Outcome outcome) {
                populations.add(outcome.diagnostics().get("population"));
                thetas.add(found(outcome.state()));
            }
        };
        Plan plan = new Plan(3000, 2, 2, 1, 1, 0, 0, 0);
        try (MetaState end = trainer(algorithm, plan, null, listener).train()) {
            assertThat(end.iteration()).isLessThan(3000);
            assertThat(populations.stream().distinct()).containsExactly(8.0, 16.0, 32.0);
            assertThat(thetas.get(populations.indexOf(16.0) + 1)).containsExactly(Points.OPTIMUM, within(1e-5));
            assertThat(found(end)).containsExactly(Points.OPTIMUM, within(1e-5));
        }
    }

    @Test
    void nothingIsLeftBehind() {
        for (MetaRule gradient : ALL) {
            long before = 0;
            for (int iterations : new int[] {3, 7}) {
                before = Pointer.totalCount();
                trainer(algorithm(gradient, 0.3), plan(iterations, 2), null, silent())
                        .train()
                        .close();
            }
            assertThat(Pointer.totalCount()).as(gradient.name()).isEqualTo(before);
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        try (Scope s = Scope.open()) {
            Points tasks = Points.FIXED.sample(2, Seeds.generator(1, "tasks"));
            assertThat(CMA.estimator()).isEmpty();
            MetaAlgorithm<Points> accuracy = algorithm(cma(0, Bounds.NONE, Fitness.ACCURACY, OptionalInt.empty()), 0);
            MetaState state = accuracy.init(Seeds.generator(1, "start"));
            assertThatThrownBy(() -> accuracy.contribute(state, tasks, 1))
                    .isInstanceOf(OptionsException.class)
                    .hasMessageStartingWith("fitness accuracy needs tasks with classes");
        }
    }
}
