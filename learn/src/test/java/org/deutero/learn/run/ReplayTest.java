package org.deutero.learn.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Predictor;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.learn.capability.LearnedStart;
import org.deutero.learn.gradient.LeapDirection;
import org.deutero.learn.gradient.LookAhead;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.meta.Contribution;
import org.deutero.learn.meta.Descent;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.learn.meta.MetaOptimizer;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.meta.Replay;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Losses;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Mlp;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Points are stored once and gone through in rounds, to the same bits whatever the threads and after a resume. */
class ReplayTest {
    private static final LookAhead AHEAD =
            new LookAhead(true, LookAhead.Judge.SUPPORT, Optional.of(new LeapDirection(false, false, true)));

    @TempDir
    Path folder;

    /** A learner of sinusoids with a factor on its outputs, which stays while a task is learned; inputs are noisy. */
    private record Scaled(int steps) implements GradientLearner<Episodes>, Predictor<Episodes>, LearnedStart {
        private static final Mlp NET = Mlp.of(1, 8, 1);

        @Override
        public boolean starts(String metaParameter) {
            return !metaParameter.equals("scale");
        }

        @Override
        public Params metaParameters(RandomGenerator rng) {
            Params weights = new Curves(0).metaParameters(rng);
            return weights.with(
                    Params.of("scale", Tensors.ones(weights.get("l0.bias").dtype(), 1)));
        }

        @Override
        public Params begin(Params theta, Episodes tasks, StepContext context) {
            return context.forTasks(theta.filter(this::starts), tasks.size());
        }

        @Override
        public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            Tensor x = tasks.supportX();
            Params noise = context.draw(
                    tasks.size(),
                    (rng, n) -> Params.of("noise", Tensors.normal(rng, x.dtype(), n, x.size(1), x.size(2))));
            Tensor y = NET.apply(phi, x.addScaled(noise.get("noise"), 0.1)).mul(theta.get("scale"));
            return Losses.squaredError(y, tasks.supportY());
        }

        @Override
        public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
            return Step.of(phi.addScaled(gradient, -0.02));
        }

        @Override
        public int steps(Episodes tasks) {
            return steps;
        }

        @Override
        public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
            return Losses.squaredError(predict(theta, phi, tasks, context), tasks.queryY());
        }

        @Override
        public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
            return NET.apply(phi, tasks.queryX()).mul(theta.get("scale"));
        }
    }

    private static MetaAlgorithm<Episodes> algorithm(int points, int chunk, MetaOptimizer optimizer) {
        return new Replay(AHEAD, points, chunk, 2).algorithm(new Scaled(5), optimizer);
    }

    @Test
    void threadsAndResumingDoNotChangeABit() {
        Path one = SameBits.of(() -> algorithm(3, 4, Descent.of(Adam.DEFAULT, 0.01)), folder);
        try (MetaState state =
                Checkpoints.load(one.resolve("00000010.safetensors")).state()) {
            assertThat(state.carry().isEmpty()).isTrue();
            assertThat(state.slots().child("points").names()).allMatch(name -> name.endsWith("scale"));
            assertThat(state.slots().child("start").isEmpty()).isFalse();
        }
    }

    /** Adam moves whatever it has slots for, gradient or not: each kind of meta-parameters stays while it is the other's turn. */
    @Test
    void pointsMoveWhatIsNotTheStartAndLifetimesMoveTheStart() {
        try (Scope s = Scope.open()) {
            MetaAlgorithm<Episodes> algorithm = algorithm(3, 4, Descent.of(Adam.DEFAULT, 0.01));
            MetaState start = algorithm.init(new SplittableRandom(2));
            // A second iteration, so that moments are not zero.
            MetaState first = iterate(algorithm, start, null);
            int[] seen = new int[1];
            MetaState second = iterate(algorithm, first, (before, after, round) -> {
                boolean last = after.iteration() == 2;
                for (String name : List.of("l0.weight", "l1.bias")) {
                    double moved = after.theta()
                            .get(name)
                            .sub(before.theta().get(name))
                            .abs()
                            .sum()
                            .item();
                    assertThat(moved > 0).as("%s in round %s", name, round).isEqualTo(last);
                }
                assertThat(after.theta().get("scale").item()
                                != before.theta().get("scale").item())
                        .as("scale in round %s", round)
                        .isEqualTo(round > 0);
                seen[0]++;
            });
            // The lifetimes, and 5 tasks with 3 points in chunks of 4.
            assertThat(seen[0]).isEqualTo(1 + 4);
            assertThat(second.carry().isEmpty()).isTrue();
        }
    }

    private interface Between {
        void see(MetaState before, MetaState after, int round);
    }

    private static MetaState iterate(MetaAlgorithm<Episodes> algorithm, MetaState from, Between between) {
        Episodes tasks = Curves.SOURCE.sample(5, new SplittableRandom(from.iteration()));
        MetaState now = from;
        int round = 0;
        do {
            MetaState before = now;
            List<Contribution> shards = List.of(
                    algorithm.contribute(before, 0, tasks.slice(0, 2), 5),
                    algorithm.contribute(before, 1, tasks.slice(2, 5), 6));
            now = algorithm.update(before, shards).state();
            if (between != null) {
                between.see(before, now, round);
            }
            round++;
        } while (now.iteration() == from.iteration());
        return now;
    }

    /** All points of one task in one chunk: a step along the mean of the gradients there, then one along Leap's direction under the warps of before. */
    @Test
    void anIterationByHand() {
        try (Scope s = Scope.open()) {
            MetaAlgorithm<Episodes> algorithm = algorithm(100, 5, Descent.of(Sgd.PLAIN, 0.01));
            Scaled learner = new Scaled(5);
            Episodes tasks = Curves.SOURCE.sample(1, new SplittableRandom(1));
            MetaState start = algorithm.init(new SplittableRandom(2));
            MetaState stored = algorithm
                    .update(start, List.of(algorithm.contribute(start, 0, tasks, 5)))
                    .state();
            assertThat(stored.carry().get("trail.0.steps").longs()).containsExactly(0, 1, 2, 3, 4);
            Lifetime<Episodes> lifetime = new Lifetime<>(learner, start.theta(), tasks, TaskContext.training(5));
            Params phi = lifetime.begin(false);
            for (int t = 0; t < 5; t++) {
                int point = t;
                phi.forEach((name, now) -> assertThat(stored.carry()
                                .get("trail.0.states." + name)
                                .select(1, point)
                                .floats())
                        .containsExactly(now.floats()));
                phi = lifetime.step(phi, t, false).state();
            }
            Contribution chunk = algorithm.contribute(stored, 0, tasks, 5);
            assertThat(chunk.tasks()).isEqualTo(5);
            assertThat(chunk.values().names()).containsExactly("gradient.scale");
            MetaState end = algorithm.update(stored, List.of(chunk)).state();
            assertThat(end.iteration()).isEqualTo(1);
            double slope = chunk.values().get("gradient.scale").item() / 5;
            assertThat(end.theta().get("scale").item()).isCloseTo(1 - 2 * 0.01 * slope, within(1e-6));
            Params leap =
                    new LeapDirection(false, false, true).estimate(lifetime).gradient();
            assertThat(end.theta().get("l0.weight").floats())
                    .containsExactly(start.theta()
                            .get("l0.weight")
                            .addScaled(leap.get("l0.weight"), -0.01)
                            .floats());
        }
    }

    @Test
    void theRuleNeedsALearnerThatSaysWhereItStarts() {
        assertThatThrownBy(() -> new Replay(AHEAD, 1, 1, 1).algorithm(new Curves(0), Descent.of(Sgd.PLAIN, 1)))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("its steps follow no inner loss");
        assertThat(AHEAD.misfit(new Scaled(1))).isEmpty();
    }

    /** The start by MAML: the estimator of its own, run beside. */
    @Test
    void theStartMayFollowAnyEstimator() {
        try (Scope s = Scope.open()) {
            Lifetime<Episodes> lifetime = new Lifetime<>(
                    new Scaled(3),
                    new Scaled(3).metaParameters(new SplittableRandom(1)),
                    Curves.SOURCE.sample(2, new SplittableRandom(1)),
                    TaskContext.training(5));
            Params maml = Unroll.FULL.estimate(lifetime).gradient();
            Params found = new LookAhead(true, LookAhead.Judge.QUERY, Optional.of(Unroll.FULL))
                    .estimate(lifetime)
                    .gradient();
            assertThat(found.get("l0.weight").floats())
                    .containsExactly(maml.get("l0.weight").floats());
            assertThat(found.get("scale").item()).isNotEqualTo(maml.get("scale").item());
            Params still = new LookAhead(true, LookAhead.Judge.QUERY, Optional.empty())
                    .estimate(lifetime)
                    .gradient();
            assertThat(still.get("l0.weight").abs().sum().item()).isZero();
            assertThat(still.get("scale").item()).isEqualTo(found.get("scale").item());
        }
    }
}
