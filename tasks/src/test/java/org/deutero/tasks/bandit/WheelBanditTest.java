package org.deutero.tasks.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WheelBanditTest {
    private static final int DRAWS = 100_000;

    /** In the unit disc E x = 0, E x^2 = 1/4 with variance 1/16, and P(r <= delta) = delta^2. */
    @Test
    void contextsAreUniformInTheDisc() {
        RandomGenerator rng = new SplittableRandom(1);
        WheelBandit wheel = new WheelBandit(0.7);
        double[] sums = new double[5];
        for (int i = 0; i < DRAWS; i++) {
            double[] c = wheel.context(rng);
            double square = c[0] * c[0] + c[1] * c[1];
            assertThat(square).isLessThanOrEqualTo(1);
            sums[0] += c[0];
            sums[1] += c[1];
            sums[2] += c[0] * c[0];
            sums[3] += c[1] * c[1];
            sums[4] += square <= 0.49 ? 1 : 0;
        }
        double root = Math.sqrt(DRAWS);
        assertThat(sums[0] / DRAWS).isCloseTo(0, within(4 * 0.5 / root));
        assertThat(sums[1] / DRAWS).isCloseTo(0, within(4 * 0.5 / root));
        assertThat(sums[2] / DRAWS).isCloseTo(0.25, within(4 * 0.25 / root));
        assertThat(sums[3] / DRAWS).isCloseTo(0.25, within(4 * 0.25 / root));
        assertThat(sums[4] / DRAWS).isCloseTo(0.49, within(4 * 0.5 / root));
    }

    @Test
    void eachQuadrantHasItsArm() {
        WheelBandit wheel = new WheelBandit(0.5);
        double[][] beyond = {{0.6, 0.6}, {0.6, -0.6}, {-0.6, 0.6}, {-0.6, -0.6}};
        for (int quadrant = 0; quadrant < 4; quadrant++) {
            for (int arm = 0; arm < 4; arm++) {
                assertThat(wheel.mean(beyond[quadrant], arm)).isEqualTo(arm == quadrant ? 50 : 1);
                assertThat(wheel.deviation(beyond[quadrant], arm)).isEqualTo(arm == quadrant ? 0.01 : 0.05);
                assertThat(wheel.mean(new double[] {0.1, 0.1}, arm)).isEqualTo(1);
            }
            assertThat(wheel.mean(beyond[quadrant], WheelBandit.SAFE)).isEqualTo(1.2);
            assertThat(wheel.regret(beyond[quadrant], quadrant)).isZero();
            assertThat(wheel.regret(beyond[quadrant], WheelBandit.SAFE)).isCloseTo(48.8, within(1e-12));
        }
        // Boundaries: y = 0 belongs to the lower half, x = 0 to the left.
        assertThat(wheel.mean(new double[] {0.8, 0}, 1)).isEqualTo(50);
        assertThat(wheel.mean(new double[] {0, 0.8}, 2)).isEqualTo(50);
        assertThat(wheel.regret(new double[] {0.1, 0.1}, WheelBandit.SAFE)).isZero();
    }

    @Test
    void rewardsHaveTheirMeanAndDeviation() {
        WheelBandit wheel = new WheelBandit(0.5);
        assertThat(wheel.reward(new double[] {0.6, 0.6}, 0, -2)).isCloseTo(49.98, within(1e-12));
        assertThat(wheel.reward(new double[] {0.1, 0.1}, 4, 1)).isCloseTo(1.25, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 0.9, 1})
    void theUniformPolicysRegretIsWhatSamplingGives(double delta) {
        WheelBandit wheel = new WheelBandit(delta);
        double d = delta * delta;
        assertThat(wheel.uniformRegret())
                .isCloseTo(d * 0.8 * (1.2 - 1.0) + (1 - d) * (0.2 * (50 - 1.2) + 0.6 * (50 - 1.0)), within(1e-12));
        RandomGenerator rng = new SplittableRandom(2);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double regret = wheel.regret(wheel.context(rng), i % 5);
            sum += regret;
            squares += regret * regret;
        }
        double mean = sum / DRAWS;
        double error = Math.sqrt((squares / DRAWS - mean * mean) / DRAWS);
        assertThat(mean).isCloseTo(wheel.uniformRegret(), within(4 * error));
    }

    @Test
    void refusesARadiusBeyondTheDisc() {
        assertThatThrownBy(() -> new WheelBandit(1.5))
                .hasMessageContaining("[0, 1]")
                .hasMessageContaining("1.5");
    }
}
