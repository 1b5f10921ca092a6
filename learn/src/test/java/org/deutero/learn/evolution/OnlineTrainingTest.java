package org.deutero.learn.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.deutero.learn.Predictor;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.TruncatedBackpropagation;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.meta.Descent;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.meta.OnlineMetaAlgorithm;
import org.deutero.learn.meta.PerWindow;
import org.deutero.learn.meta.WindowedGradient;
import org.deutero.learn.run.Plan;
import org.deutero.learn.run.Trainer;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Adam;
import org.junit.jupiter.api.Test;

/** Meta-training inside lifetimes. */
class OnlineTrainingTest {
    private static <T extends TaskBatch<T>> MetaState train(
            Predictor<T> learner, TaskSource<T> source, WindowedGradient estimator, double rate, Plan plan) {
        MetaAlgorithm<T> algorithm = new PerWindow(estimator).algorithm(learner, Descent.of(Adam.DEFAULT, rate));
        assertThat(algorithm).isInstanceOf(OnlineMetaAlgorithm.class);
        return new Trainer<>(algorithm, source, Optional.empty(), plan, Optional.empty(), List.of()).train();
    }

    private static double balanced(WindowedGradient estimator) {
        Plan plan = new Plan(400, 200, 20, 1, 3, 0, 0, 0);
        try (MetaState end = train(new InfluenceBalancing(100), (n, rng) -> new Copies(n), estimator, 0.01, plan)) {
            return end.theta().get("theta").item();
        }
    }

    /** Where the gradient over a lifetime, linear in theta, is zero. */
    private static double best() {
        try (Scope s = Scope.open()) {
            double[] g = new double[2];
            for (int i = 0; i < 2; i++) {
                g[i] = Unroll.FULL
                        .estimate(
                                new InfluenceBalancing(100),
                                InfluenceBalancing.theta(i),
                                new Copies(1),
                                TaskContext.training(1))
                        .gradient()
                        .get("theta")
                        .item();
            }
            return g[0] / (g[0] - g[1]);
        }
    }

    @Test
    void persistentEvolutionBalancesInfluences() {
        assertThat(balanced(new PersistentEvolution(5, Perturbation.of(1, 0.1))))
                .isCloseTo(best(), within(0.05));
    }

    @Test
    void truncatedBackpropagationRunsAway() {
        assertThat(best()).isBetween(-0.3, 0.0);
        assertThat(balanced(new TruncatedBackpropagation(5))).isGreaterThan(0.6);
    }

    /** Tasks that can be told apart. */
    private record Numbered(int size, long number) implements TaskBatch<Numbered> {
        @Override
        public Numbered slice(int from, int to) {
            return new Numbered(to - from, number);
        }

        @Override
        public Numbered repeat(int times) {
            return new Numbered(size * times, number);
        }
    }

    /** Writes down which steps were taken on which tasks; theta is added to the state in every step. */
    private static final class Diary implements Predictor<Numbered> {
        private final TreeMap<Long, List<Integer>> steps = new TreeMap<>();
        private final TreeMap<Long, List<Long>> chance = new TreeMap<>();

        @Override
        public Params metaParameters(RandomGenerator rng) {
            return InfluenceBalancing.theta(1);
        }

        @Override
        public Params begin(Params theta, Numbered tasks, StepContext context) {
            return Params.of("phi", Tensors.zeros(DType.FLOAT64, tasks.size(), 1));
        }

        @Override
        public Step step(Params theta, Params phi, Numbered tasks, StepContext context) {
            steps.computeIfAbsent(tasks.number(), n -> new ArrayList<>()).add(context.step());
            chance.computeIfAbsent(tasks.number(), n -> new ArrayList<>())
                    .add(context.task().seed());
            Tensor next = phi.get("phi").add(theta.get("theta"));
            return new Step(Params.of("phi", next), next.sum(1));
        }

        @Override
        public int steps(Numbered tasks) {
            return 5;
        }

        @Override
        public Tensor metaLoss(Params theta, Params phi, Numbered tasks, StepContext context) {
            return phi.get("phi").sum(1);
        }

        @Override
        public Tensor predict(Params theta, Params phi, Numbered tasks, StepContext context) {
            return phi.get("phi").unsqueeze(2);
        }
    }

    @Test
    void aLifetimeKeepsItsTasksAndTheNextOneHasOthers() {
        Diary diary = new Diary();
        train(
                        diary,
                        (n, rng) -> new Numbered(n, rng.nextLong()),
                        new TruncatedBackpropagation(2),
                        0.1,
                        new Plan(9, 6, 2, 1, 3, 0, 0, 0))
                .close();
        // Three shards, nine updates of three windows a lifetime. The second shard is one window ahead, and begins a
        // fourth.
        assertThat(diary.steps).hasSize(10);
        List<List<Integer>> unfinished = new ArrayList<>();
        diary.steps.forEach((number, taken) -> {
            if (!taken.equals(List.of(0, 1, 2, 3, 4))) {
                unfinished.add(taken);
            }
            assertThat(diary.chance.get(number))
                    .containsOnly(diary.chance.get(number).get(0));
        });
        assertThat(unfinished).containsExactly(List.of(0, 1));
    }
}
