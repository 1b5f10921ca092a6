package org.deutero.learn.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.deutero.learn.InScope;
import org.deutero.learn.Learner;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.TruncatedBackpropagation;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.meta.Carry;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.learn.meta.Window;
import org.deutero.options.OptionsException;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How estimators by windows fit together, and what they do with chance, observations and losses that are none. */
@ExtendWith(InScope.class)
class WindowsTest {
    private static final Copies TASKS = new Copies(3);
    private static final Perturbation NOISE = Perturbation.of(2, 0.1);
    private static final InfluenceBalancing BALANCING = new InfluenceBalancing(7);

    /**
     * phi_0 = theta, phi' = phi + xi with xi from the step's generator; each step meets the phi before it, and the end is judged by a bonus of
     * its own. If silent, steps meet nothing.
     */
    private record Walk(int steps, boolean silent) implements Learner<Copies> {
        @Override
        public Params metaParameters(RandomGenerator rng) {
            return Params.of("theta", Tensor.of(new double[] {0.3}, 1));
        }

        @Override
        public Params begin(Params theta, Copies tasks, StepContext context) {
            return Params.of("phi", context.forTasks(theta, tasks.size()).get("theta"));
        }

        @Override
        public Step step(Params theta, Params phi, Copies tasks, StepContext context) {
            context.observe(Params.of("seen", phi.get("phi")));
            Tensor next = phi.get("phi").add(Tensors.normal(context.random(), DType.FLOAT64, tasks.size(), 1));
            return new Step(
                    Params.of("phi", next), silent ? null : phi.get("phi").sum(1));
        }

        @Override
        public int steps(Copies tasks) {
            return steps;
        }

        @Override
        public Tensor metaLoss(Params theta, Params phi, Copies tasks, StepContext context) {
            return phi.get("phi").sum(1);
        }
    }

    private static Estimate estimate(MetaGradient estimator, Learner<Copies> learner) {
        return estimator.estimate(learner, learner.metaParameters(null), TASKS, TaskContext.training(5));
    }

    private static void assertSame(Estimate actual, Estimate expected) {
        assertThat(actual.losses().doubles()).containsExactly(expected.losses().doubles());
        assertThat(actual.gradient().get("theta").doubles())
                .containsExactly(expected.gradient().get("theta").doubles());
    }

    @Test
    void oneWindowIsALifetime() {
        Estimate es = estimate(new EvolutionStrategies(NOISE, false), BALANCING);
        for (int window : new int[] {7, 8, Integer.MAX_VALUE}) {
            assertSame(estimate(new PersistentEvolution(window, NOISE), BALANCING), es);
            assertSame(estimate(new TruncatedEvolution(window, NOISE), BALANCING), es);
            assertSame(estimate(new TruncatedBackpropagation(window), BALANCING), estimate(Unroll.FULL, BALANCING));
        }
        assertThat(estimate(new PersistentEvolution(6, NOISE), BALANCING)
                        .gradient()
                        .get("theta")
                        .item())
                .isNotEqualTo(es.gradient().get("theta").item());
    }

    @Test
    void theLastWindowOfALifetimeIsShorter() {
        Learner<Copies> walk = new Walk(7, false);
        Carry carry = Carry.START;
        for (int age : new int[] {3, 6, 0, 3}) {
            Window window = new PersistentEvolution(3, NOISE)
                    .advance(new Lifetime<>(walk, walk.metaParameters(null), TASKS, TaskContext.training(5)), carry, 3);
            carry = window.carry();
            assertThat(carry.age()).isEqualTo(age);
            assertThat(carry.isStart()).isEqualTo(age == 0);
        }
    }

    /** The loss is (steps + 1) theta plus noise, so any difference between the signs that is not theta's would show. */
    @Test
    void bothSignsSeeTheSameChance() {
        Learner<Copies> walk = new Walk(4, false);
        TaskContext context = TaskContext.training(5);
        Params theta = walk.metaParameters(null);
        Noise given = (shape, tasks, c, age, pair) -> Params.of(
                "theta", Tensor.of(new double[] {0.1, -0.2, 0.3}, 3, 1).mul(pair + 1));
        Estimate es = new EvolutionStrategies(Perturbation.of(2, 0.1), true)
                .estimate(new Lifetime<>(walk, theta, TASKS, context), given);
        // Slope 5 times mean over pairs of sum over tasks of eps^2 / std^2.
        assertThat(es.gradient().get("theta").item()).isCloseTo(5 * (0.14 + 0.56) / 2 / 0.01, within(1e-9));
        assertThat(es.losses().doubles())
                .containsExactly(estimate(Unroll.FULL, walk).losses().doubles(), within(1e-12));
        Estimate cheaper = new EvolutionStrategies(Perturbation.of(2, 0.1), false)
                .estimate(new Lifetime<>(walk, theta, TASKS, context), given);
        assertThat(cheaper.losses().doubles()).containsExactly(es.losses().doubles(), within(1e-12));
    }

    @Test
    void lossesAreThoseOfTheWholeLifetime() {
        Learner<Copies> walk = new Walk(5, false);
        double[] expected = estimate(Unroll.FULL, walk).losses().doubles();
        // The mean over mirrored pairs of a loss linear in theta is the unperturbed one.
        for (MetaGradient e : List.of(
                new PersistentEvolution(2, NOISE),
                new TruncatedBackpropagation(2),
                new EvolutionStrategies(NOISE, false))) {
            assertThat(estimate(e, walk).losses().doubles()).as(e.name()).containsExactly(expected, within(1e-12));
        }
    }

    /** The only loss comes at the very end and depends on the first window's perturbation alone: slope 1, variance 3 a draw. */
    @Test
    void theLastLossIsCreditedToTheWholeLifetime() {
        int draws = 40_000;
        Learner<Copies> silent = new Walk(4, true);
        double slope = new PersistentEvolution(2, Perturbation.of(1, 0.1))
                        .estimate(silent, silent.metaParameters(null), new Copies(draws), TaskContext.training(5))
                        .gradient()
                        .get("theta")
                        .item()
                / draws;
        assertThat(slope).isCloseTo(1, within(3.5 * Math.sqrt(3.0 / draws)));
    }

    @Test
    void whatStepsObserveIsCountedOnce() {
        for (MetaGradient e : List.of(
                new PersistentEvolution(2, NOISE),
                new TruncatedEvolution(2, NOISE),
                new TruncatedBackpropagation(2),
                new EvolutionStrategies(NOISE, true),
                new EvolutionStrategies(NOISE, false))) {
            AtomicInteger seen = new AtomicInteger();
            Learner<Copies> walk = new Walk(5, false);
            TaskContext context = TaskContext.training(5, 0, Params.EMPTY, values -> seen.incrementAndGet());
            e.estimate(walk, walk.metaParameters(null), TASKS, context);
            assertThat(seen.get()).as(e.name()).isEqualTo(5);
        }
    }

    @Test
    void eachWindowAndPairAndTaskHasNoiseOfItsOwn() {
        Params theta = Params.of("theta", Tensors.zeros(DType.FLOAT64, 2));
        Noise normal = Noise.normal(0.5);
        TaskContext context = TaskContext.training(5);
        double[] first = normal.draw(theta, 3, context, 0, 0).get("theta").doubles();
        assertThat(first).hasSize(6).doesNotHaveDuplicates();
        assertThat(normal.draw(theta, 3, context, 0, 0).get("theta").doubles()).containsExactly(first);
        assertThat(normal.draw(theta, 3, context, 2, 0).get("theta").doubles()).doesNotContain(first);
        assertThat(normal.draw(theta, 3, context, 0, 1).get("theta").doubles()).doesNotContain(first);
        Tensor many = normal.draw(theta, 20_000, context, 0, 0).get("theta");
        assertThat(many.square().mean().item()).isCloseTo(0.25, within(0.01));
    }

    @Test
    void lossesThatAreNoneCountAsTheHighest() {
        Perturbation bounded = new Perturbation(1, 0.1, OptionalDouble.of(3));
        Tensor losses = Tensor.of(
                new double[] {-1, 2.5, 3.5, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}, 6);
        assertThat(bounded.bounded(losses).doubles()).containsExactly(-1, 2.5, 3, 3, 3, 3);
        assertThat(NOISE.bounded(losses).doubles()).containsExactly(losses.doubles());
    }

    /** Without a bound one lifetime that diverges spoils the gradient. */
    @Test
    void aLifetimeThatDivergesIsBounded() {
        Params far = InfluenceBalancing.theta(1e200);
        TaskContext context = TaskContext.training(5);
        Perturbation bounded = new Perturbation(1, 0.1, OptionalDouble.of(10));
        for (MetaGradient e : List.of(
                new EvolutionStrategies(bounded, true),
                new PersistentEvolution(2, bounded),
                new TruncatedEvolution(2, bounded))) {
            Estimate estimate = e.estimate(BALANCING, far, TASKS, context);
            assertThat(estimate.gradient().allFinite()).as(e.name()).isTrue();
            assertThat(estimate.losses().doubles()).containsOnly(70);
        }
        assertThat(new EvolutionStrategies(NOISE, true)
                        .estimate(BALANCING, far, TASKS, context)
                        .gradient()
                        .allFinite())
                .isFalse();
    }

    /** A learner that is judged at its end only: PES carries what windows did to it, truncation has nothing to go by. */
    @Test
    void truncationRefusesALearnerThatMeetsNoLosses() {
        Learner<Copies> silent = new Walk(5, true);
        for (MetaGradient e : List.of(new TruncatedEvolution(2, NOISE), new TruncatedBackpropagation(2))) {
            assertThatThrownBy(() -> estimate(e, silent))
                    .isInstanceOf(OptionsException.class)
                    .hasMessage("meta-gradient " + e.name()
                            + " with windows of 2 in 5 steps needs a learner whose steps meet losses, but this one is"
                            + " judged at the end only: all windows but the last would be lost; use pes, or a window"
                            + " of 5 steps");
        }
        assertThat(estimate(new PersistentEvolution(2, NOISE), silent)
                        .gradient()
                        .get("theta")
                        .item())
                .isNotZero();
        assertThat(estimate(new TruncatedBackpropagation(5), silent)
                        .gradient()
                        .get("theta")
                        .item())
                .isCloseTo(3, within(1e-12));
    }

    @Test
    void rangesAreChecked() {
        assertThatThrownBy(() -> Perturbation.of(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("evolution needs at least one pair and a standard deviation above 0, not 0 and 1.0");
        assertThatThrownBy(() -> Perturbation.of(1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("evolution needs at least one pair and a standard deviation above 0, not 1 and 0.0");
        assertThatThrownBy(() -> new PersistentEvolution(0, NOISE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a window needs at least 1 step, not 0");
    }

    /** Which of a pair is lower counts as a difference of 1 would, whatever the difference is. */
    @Test
    void signsOfDifferencesWeighAllTasksAlike() {
        Walk walk = new Walk(3, true);
        Params theta = walk.metaParameters(null);
        Perturbation one = Perturbation.of(1, 0.1);
        // The loss is theta itself and chance that both signs share: the difference of a pair is 2 eps.
        Params eps = Noise.normal(0.1).draw(theta, 3, TaskContext.training(5), 0, 0);
        double sum = 0;
        for (double e : eps.flattenPerTask().doubles()) {
            sum += Math.abs(e) / (2 * 0.1 * 0.1);
        }
        Estimate estimate = estimate(new EvolutionStrategies(one, false, EvolutionStrategies.Comparison.SIGN), walk);
        assertThat(estimate.gradient().get("theta").doubles()).containsExactly(new double[] {sum}, within(1e-9));
        assertThat(estimate(new EvolutionStrategies(one, false), walk)
                        .gradient()
                        .get("theta")
                        .doubles()[0])
                .isNotCloseTo(sum, within(1e-3));
    }
}
