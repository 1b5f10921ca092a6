package org.deutero.learn.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.deutero.learn.InScope;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.adjoint.FiniteDifference;
import org.deutero.learn.gradient.adjoint.IdentityJacobian;
import org.deutero.learn.gradient.adjoint.MixedMode;
import org.deutero.learn.gradient.adjoint.Store;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.gradient.adjoint.Truncated;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InScope.class)
class ExactEstimatorsTest {
    private static final List<MetaGradient> SWEEPS = List.of(
            Sweep.ALL,
            Sweep.SQRT,
            new MixedMode(Store.ALL),
            new MixedMode(Store.SQRT),
            new ForwardModeGradient(10),
            new Truncated(30));

    static Stream<NoisyRegression> learners() {
        List<NoisyRegression> learners = new ArrayList<>();
        for (Optimizer optimizer :
                List.of(Sgd.PLAIN, new Sgd(0.8, false), new Sgd(0.8, true), new Adam(0.9, 0.99, 1e-8, 1e-12, 0))) {
            for (int steps : new int[] {0, 1, 2, 7, 30}) {
                learners.add(new NoisyRegression(optimizer, steps, true));
            }
            learners.add(new NoisyRegression(optimizer, 7, false));
        }
        return learners.stream();
    }

    private static Estimate estimate(MetaGradient estimator, NoisyRegression learner, Params theta, long seed) {
        return estimator.estimate(learner, theta, NoisyRegression.tasks(), TaskContext.training(seed));
    }

    @ParameterizedTest
    @MethodSource("learners")
    void sweepGivesTheNumbersOfUnroll(NoisyRegression learner) {
        Params theta = NoisyRegression.theta();
        Estimate expected = estimate(Unroll.FULL, learner, theta, 5);
        assertThat(expected.gradient().norm()).isGreaterThan(1e-3);
        for (MetaGradient sweep : SWEEPS) {
            Estimate actual = estimate(sweep, learner, theta, 5);
            assertThat(actual.losses().doubles())
                    .containsExactly(expected.losses().doubles(), within(1e-12));
            assertThat(actual.gradient().names()).containsExactlyElementsOf(theta.names());
            assertThat(actual.gradient().sub(expected.gradient()).norm())
                    .isLessThan(1e-12 * Math.max(1, expected.gradient().norm()));
            assertThat(actual.gradient().values()).noneMatch(t -> t.requiresGrad());
        }
        assertThat(expected.gradient().get("unused").doubles()).containsExactly(0, 0);
        Estimate differences = estimate(new FiniteDifference(1e-5, OptionalInt.empty()), learner, theta, 5);
        assertThat(differences.gradient().sub(expected.gradient()).norm())
                .isLessThan(1e-8 * expected.gradient().norm());
    }

    /** The derivative of the whole outer loss, slots, noise, decay and rate included, by central differences. */
    @ParameterizedTest
    @MethodSource("learners")
    void gradientMatchesDifferencesOfTheOuterLoss(NoisyRegression learner) {
        Params theta = NoisyRegression.theta();
        SplittableRandom rng = new SplittableRandom(3);
        Params direction = theta.map(t -> Tensors.normal(rng, DType.FLOAT64, t.shape()));
        double h = 1e-5;
        double plus = estimate(Unroll.FULL, learner, theta.addScaled(direction, h), 5)
                .losses()
                .sum()
                .item();
        double minus = estimate(Unroll.FULL, learner, theta.addScaled(direction, -h), 5)
                .losses()
                .sum()
                .item();
        double slope = estimate(Unroll.FULL, learner, theta, 5)
                .gradient()
                .dot(direction)
                .item();
        assertThat((plus - minus) / (2 * h)).isCloseTo(slope, within(1e-6 * Math.max(1, Math.abs(slope))));
    }

    @Test
    void stepsDrawFromTheSeedOfTheContext() {
        NoisyRegression learner = new NoisyRegression(Sgd.PLAIN, 7, true);
        for (MetaGradient estimator : List.of(Unroll.FULL, Sweep.ALL)) {
            double[] one = estimate(estimator, learner, NoisyRegression.theta(), 5)
                    .losses()
                    .doubles();
            assertThat(estimate(estimator, learner, NoisyRegression.theta(), 5)
                            .losses()
                            .doubles())
                    .containsExactly(one);
            assertThat(estimate(estimator, learner, NoisyRegression.theta(), 6)
                            .losses()
                            .doubles())
                    .isNotEqualTo(one);
        }
    }

    /** With sum over tasks as the contract, shards add up to the whole. */
    @Test
    void gradientsOfShardsAddUp() {
        NoisyRegression learner = new NoisyRegression(Sgd.PLAIN, 0, true);
        Episodes all = NoisyRegression.tasks();
        for (MetaGradient e : List.of(
                Unroll.FULL,
                Unroll.FIRST_ORDER,
                Sweep.ALL,
                new IdentityJacobian(),
                new MixedMode(Store.ALL),
                new FiniteDifference(1e-3, OptionalInt.empty()),
                new ForwardModeGradient(10))) {
            TaskContext context = TaskContext.training(5);
            Params whole =
                    e.estimate(learner, NoisyRegression.theta(), all, context).gradient();
            Params parts = e.estimate(learner, NoisyRegression.theta(), all.slice(0, 1), context)
                    .gradient()
                    .add(e.estimate(learner, NoisyRegression.theta(), all.slice(1, 3), context)
                            .gradient());
            assertThat(parts.sub(whole).norm()).isLessThan(1e-13);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void stepsAreObservedOnce(int steps) {
        for (MetaGradient e : List.of(
                Unroll.FULL,
                Unroll.FIRST_ORDER,
                Sweep.ALL,
                Sweep.SQRT,
                new MixedMode(Store.SQRT),
                new FiniteDifference(1e-3, OptionalInt.empty()),
                new ForwardModeGradient(10),
                new Truncated(Math.max(1, steps)),
                new IdentityJacobian(),
                new ReptileDirection())) {
            List<String> seen = new ArrayList<>();
            TaskContext context = TaskContext.training(
                    1, 0, Params.EMPTY, values -> seen.add(values.names().toString()));
            e.estimate(
                    new Observing(new NoisyRegression(Sgd.PLAIN, steps, true)),
                    NoisyRegression.theta(),
                    NoisyRegression.tasks(),
                    context);
            List<String> expected = new ArrayList<>(List.of("[begin]"));
            for (int t = 0; t < steps; t++) {
                expected.add("[step" + t + "]");
            }
            expected.add("[loss" + steps + "]");
            assertThat(seen).as(e.name()).isEqualTo(expected);
        }
    }
}
