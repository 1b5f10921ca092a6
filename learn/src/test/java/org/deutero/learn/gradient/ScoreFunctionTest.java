package org.deutero.learn.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.deutero.learn.InScope;
import org.deutero.learn.Learner;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.gradient.ScoreFunction.Baseline;
import org.deutero.learn.meta.Estimate;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Coins of a learned bias: the estimate of every outcome times its probability must add up to the gradient of the expected loss, which is known. */
@ExtendWith(InScope.class)
class ScoreFunctionTest {
    /** What the coins will show: [tasks][steps] of 0 and 1. */
    @SuppressWarnings("ArrayRecordComponent") // plain numbers, compared by nobody
    private record Coins(double[][] shown) implements TaskBatch<Coins> {
        @Override
        public int size() {
            return shown.length;
        }

        @Override
        public Coins slice(int from, int to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Coins repeat(int times) {
            throw new UnsupportedOperationException();
        }

        Tensor at(int step) {
            double[] values = new double[shown.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = shown[i][step];
            }
            return Tensor.of(values, values.length);
        }
    }

    /**
     * Shows heads with probability p = sigmoid(theta). Step 0 costs 3 for heads and 1 for tails; step 1 costs 5 if both show heads; the end costs theta times the last coin.
     *
     * @param tells whether steps tell their log-probability
     */
    private record Tosser(boolean tells) implements Learner<Coins> {
        @Override
        public Params metaParameters(RandomGenerator rng) {
            return Params.of("theta", Tensor.of(new double[] {0.3}, 1));
        }

        @Override
        public Params begin(Params theta, Coins tasks, StepContext context) {
            return Params.of("last", Tensors.zeros(DType.FLOAT64, tasks.size()));
        }

        @Override
        public Step step(Params theta, Params phi, Coins tasks, StepContext context) {
            Tensor coin = tasks.at(context.step());
            Tensor loss = context.step() == 0
                    ? coin.mul(2).add(1)
                    : coin.mul(phi.get("last")).mul(5);
            Step step = new Step(Params.of("last", coin), loss);
            if (!tells) {
                return step;
            }
            Tensor heads = theta.get("theta").sigmoid();
            Tensor tails = heads.neg().add(1);
            return step.meeting(
                    Step.LOG_PROBABILITY,
                    coin.mul(heads.log()).add(coin.neg().add(1).mul(tails.log())));
        }

        @Override
        public int steps(Coins tasks) {
            return tasks.shown()[0].length;
        }

        @Override
        public Tensor metaLoss(Params theta, Params phi, Coins tasks, StepContext context) {
            return phi.get("last").mul(theta.get("theta"));
        }
    }

    private static final double THETA = 0.3;
    private static final double P = 1 / (1 + Math.exp(-THETA));
    private static final double SLOPE = P * (1 - P);

    private static double[] shown(int outcome, int steps) {
        double[] coins = new double[steps];
        for (int t = 0; t < steps; t++) {
            coins[t] = outcome >> t & 1;
        }
        return coins;
    }

    private static double probability(double... coins) {
        double product = 1;
        for (double coin : coins) {
            product *= coin == 1 ? P : 1 - P;
        }
        return product;
    }

    /** The expectation of the estimate for one or two tasks, over all that coins may show. */
    private static double expected(Baseline baseline, int tasks, int steps) {
        double sum = 0;
        int each = 1 << steps;
        for (int outcome = 0; outcome < Math.pow(each, tasks); outcome++) {
            double[][] coins = new double[tasks][];
            double probability = 1;
            for (int i = 0; i < tasks; i++) {
                coins[i] = shown(outcome / (int) Math.pow(each, i) % each, steps);
                probability *= probability(coins[i]);
            }
            sum += probability
                    * estimate(baseline, new Tosser(true), coins)
                            .gradient()
                            .get("theta")
                            .item();
        }
        return sum;
    }

    private static Estimate estimate(Baseline baseline, Tosser learner, double[]... coins) {
        return new ScoreFunction(baseline)
                .estimate(learner, learner.metaParameters(null), new Coins(coins), TaskContext.training(1));
    }

    /** E L = 1 + 2 p + theta p. */
    @ParameterizedTest
    @EnumSource
    void ofOneToss(Baseline baseline) {
        double exact = 2 * SLOPE + P + THETA * SLOPE;
        assertThat(expected(baseline, 1, 1)).isCloseTo(exact, within(1e-12));
        assertThat(expected(baseline, 2, 1)).isCloseTo(2 * exact, within(1e-12));
    }

    /** E L = 1 + 2 p + 5 p^2 + theta p. */
    @ParameterizedTest
    @EnumSource
    void ofTwoTosses(Baseline baseline) {
        double exact = 2 * SLOPE + 10 * P * SLOPE + P + THETA * SLOPE;
        assertThat(expected(baseline, 1, 2)).isCloseTo(exact, within(1e-12));
        assertThat(expected(baseline, 2, 2)).isCloseTo(2 * exact, within(1e-12));
    }

    /** With the second coin alone to answer for: 5 + theta, if both show heads. */
    @Test
    void aChoiceAnswersForWhatComesAfterItOnly() {
        double[] coins = {1, 1};
        double first = 3 + 5 + THETA;
        double second = 5 + THETA;
        Estimate estimate = estimate(Baseline.NONE, new Tosser(true), coins);
        assertThat(estimate.gradient().get("theta").item()).isCloseTo((first + second) * (1 - P) + 1, within(1e-12));
        assertThat(estimate.losses().doubles()).containsExactly(new double[] {first}, within(1e-12));
    }

    @Test
    void equalOutcomesTellNothingBesideEachOther() {
        double[] coins = {1};
        assertThat(estimate(Baseline.OTHERS, new Tosser(true), coins, coins)
                        .gradient()
                        .get("theta")
                        .item())
                .isCloseTo(2, within(1e-12)); // the end's own derivative of each
    }

    @Test
    void choicesMustBeTold() {
        assertThatThrownBy(() -> estimate(Baseline.NONE, new Tosser(false), new double[] {1}))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("log-probability of what they chose by chance");
    }
}
