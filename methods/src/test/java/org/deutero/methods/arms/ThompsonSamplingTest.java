package org.deutero.methods.arms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.methods.TestTasks.assertNear;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.learn.evaluate.Measure;
import org.deutero.learn.evaluate.WorldMeasures;
import org.deutero.methods.InScope;
import org.deutero.tasks.bandit.BernoulliArms;
import org.deutero.tasks.bandit.Rounds;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InScope.class)
class ThompsonSamplingTest {
    private static final ThompsonSampling LEARNER = new ThompsonSampling(DType.FLOAT64);
    private static final int ROUNDS = 6;

    private static Worlds tasks(int n) {
        return new BernoulliArms(List.of(2), ROUNDS).sample(n, new SplittableRandom(1));
    }

    private static StepContext context(int step) {
        return TaskContext.training(1).at(step, false);
    }

    /** The chance that Beta(3, 1) exceeds Beta(1, 2): the integral of 3x^2 (1 - (1-x)^2) is 9/10. To four standard errors. */
    @Test
    void armsArePulledAsOftenAsTheyAreBestUnderThePosterior() {
        int n = 20_000;
        Worlds e = tasks(n);
        Params phi = Params.builder()
                .put("successes", Tensor.of(new double[] {2, 0}, 1, 2).expand(n, -1))
                .put("failures", Tensor.of(new double[] {0, 1}, 1, 2).expand(n, -1))
                .build();
        Tensor chosen = LEARNER.predict(Params.EMPTY, phi, e, context(4)).exp();
        assertThat(chosen.select(2, 0).mean().item()).isCloseTo(0.9, within(4 * Math.sqrt(0.09 / n)));
    }

    /** The same in a lifetime so long that Gamma numbers are drawn at once. */
    @Test
    void longLifetimesDrawFromTheSamePosterior() {
        int n = 20_000;
        Params phi = Params.builder()
                .put("successes", Tensor.of(new double[] {2, 0}, 1, 2).expand(n, -1))
                .put("failures", Tensor.of(new double[] {0, 1}, 1, 2).expand(n, -1))
                .build();
        Tensor chosen =
                LEARNER.predict(Params.EMPTY, phi, endless(n), context(4)).exp();
        assertThat(chosen.select(2, 0).mean().item()).isCloseTo(0.9, within(4 * Math.sqrt(0.09 / n)));
    }

    /** A round of a lifetime of 50 million costs no more than one of a thousand: neither time nor memory goes with their number. */
    @Test
    void longLifetimesCostNoMorePerRound() {
        int n = 50;
        Params phi = LEARNER.begin(Params.EMPTY, endless(n), context(0));
        Tensor pulls = Tensor.of(new double[] {1e7, 1e7}, 1, 2).expand(n, -1);
        Tensor wins = Tensor.of(new double[] {5.0e6, 5.1e6}, 1, 2).expand(n, -1);
        phi = phi.with(Params.of("successes", wins)).with(Params.of("failures", pulls.sub(wins)));
        Step step = LEARNER.step(Params.EMPTY, phi, endless(n), context(3));
        Tensor pulled =
                step.state().get("successes").add(step.state().get("failures")).sub(pulls);
        // Of means 0.50 and 0.51 that are known to 0.0002 there is no doubt.
        assertThat(pulled.select(1, 0).doubles()).containsOnly(0);
        assertThat(pulled.select(1, 1).doubles()).containsOnly(1);
    }

    private static Worlds endless(int n) {
        Worlds e = tasks(n);
        return new Worlds(e.world(), e.seeds(), 1, 0, 50_000_000);
    }

    /** Mean and variance are the shape, the third moment about the mean twice the shape; to four standard errors. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 2, 7, 3000})
    void gammaNumbersHaveTheirMoments(double shape) {
        int n = 200_000;
        SplittableRandom rng = new SplittableRandom(3);
        double[] x = new double[n];
        Arrays.setAll(x, i -> (GammaDraw.of(shape, rng) - shape) / Math.sqrt(shape));
        double kurtosis = 3 + 6 / shape;
        assertThat(Arrays.stream(x).average().orElseThrow()).isCloseTo(0, within(4 / Math.sqrt(n)));
        assertThat(Arrays.stream(x).map(v -> v * v).average().orElseThrow())
                .isCloseTo(1, within(4 * Math.sqrt((kurtosis - 1) / n)));
        // The sixth moment of an exponential number about its mean is 265, the most of these.
        assertThat(Arrays.stream(x).map(v -> v * v * v).average().orElseThrow())
                .isCloseTo(2 / Math.sqrt(shape), within(4 * Math.sqrt(265.0 / n)));
    }

    /** What it says it will do is what it does, and its counts are those of the rounds. */
    @Test
    void decisionsAndCounts() {
        Worlds e = tasks(50);
        Params phi = LEARNER.begin(Params.EMPTY, e, context(0));
        Tensor wins = Tensors.zeros(DType.FLOAT64, 50);
        for (int t = 0; t < ROUNDS; t++) {
            Tensor action =
                    LEARNER.predict(Params.EMPTY, phi, e, context(t)).exp().squeeze(1);
            Tensor reward = ((Rounds) e.world()).pays(t).mul(action).sum(1);
            Step step = LEARNER.step(Params.EMPTY, phi, e, context(t));
            assertNear(step.loss(), reward.div(-ROUNDS), 1e-15);
            wins = wins.add(reward);
            phi = step.state();
        }
        assertNear(phi.get("successes").sum(1), wins, 0);
        assertNear(phi.get("failures").sum(1), wins.neg().add(ROUNDS), 0);
    }

    /** After the last round there is nothing more to expect: what counts is what was earned, and what the best arms would have paid. */
    @Test
    void aLifeThatIsOverIsMeasuredByWhatItEarned() {
        Worlds e = tasks(50);
        var life = new Lifetime<>(LEARNER, Params.EMPTY, e, TaskContext.training(1));
        Passage end = life.run(Trace.NONE);
        assertThat(end.age()).isEqualTo(ROUNDS);
        Tensor earned = measured(WorldMeasures.REWARD, e, end);
        assertNear(earned, end.loss().neg(), 1e-15);
        Tensor best = ((Rounds) e.world()).expected(0).max(1); // an arm pays the same in every round
        assertNear(
                measured(WorldMeasures.REGRET, e, end), best.to(DType.FLOAT64).sub(earned), 1e-7);
    }

    private static Tensor measured(Measure<Worlds> measure, Worlds tasks, Passage end) {
        return measure.of(measure.outputs(LEARNER, Params.EMPTY, end.state(), tasks, context(end.age())), tasks);
    }
}
