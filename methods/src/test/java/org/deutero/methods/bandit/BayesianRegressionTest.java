package org.deutero.methods.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BayesianRegressionTest {
    /**
     * By hand: x = (1, 0), (1, 1), y = 2, 5, precision 1/4. P = (9/4, 1; 1, 5/4) with determinant 29/16, X'y = (7, 5), so mu = (15/4, 17/4) 16/29 = (60, 68)/29; y'y = 29, mu'X'y = 760/29, so
     * b = 6 + (29 - 760/29)/2.
     */
    @Test
    void posteriorOfTwoObservations() {
        BayesianRegression regression = new BayesianRegression(2, 0.25, 6, 6);
        assertThat(regression.mean()).containsExactly(0, 0);
        regression.observe(new double[] {1, 0}, 2);
        regression.observe(new double[] {1, 1}, 5);
        checkPosterior(regression);
    }

    @Test
    void replacedObservationsGiveTheSamePosterior() {
        BayesianRegression regression = new BayesianRegression(2, 0.25, 6, 6);
        regression.observe(new double[] {3, -2}, 7);
        regression.replace(new double[] {2, 1, 1, 1}, new double[] {7, 5}, 29, 2);
        checkPosterior(regression);
    }

    private static void checkPosterior(BayesianRegression regression) {
        assertThat(regression.mean()).containsExactly(new double[] {60 / 29.0, 68 / 29.0}, within(1e-12));
        assertThat(regression.solve(new double[] {1, 0}))
                .containsExactly(new double[] {20 / 29.0, -16 / 29.0}, within(1e-12));
        assertThat(regression.shape()).isEqualTo(7);
        assertThat(regression.rate()).isCloseTo(6 + (29 - 760 / 29.0) / 2, within(1e-12));
    }

    /** Given the noise, weights have covariance sigma^2 P^-1; E sigma^2 = b / (a - 1). */
    @Test
    void drawsHaveThePosteriorsMoments() {
        BayesianRegression regression = new BayesianRegression(2, 0.25, 6, 6);
        regression.observe(new double[] {1, 0}, 2);
        regression.observe(new double[] {1, 1}, 5);
        int draws = 100_000;
        RandomGenerator rng = new SplittableRandom(1);
        double[] sums = new double[5];
        for (int i = 0; i < draws; i++) {
            double[] w = regression.draw(rng);
            double a = w[0] - 60 / 29.0;
            double b = w[1] - 68 / 29.0;
            sums[0] += a;
            sums[1] += b;
            sums[2] += a * a;
            sums[3] += a * b;
            sums[4] += b * b;
        }
        double noise = regression.rate() / 6;
        double error = 5 * noise / Math.sqrt(draws);
        assertThat(sums[0] / draws).isCloseTo(0, within(error));
        assertThat(sums[1] / draws).isCloseTo(0, within(error));
        assertThat(sums[2] / draws).isCloseTo(noise * 20 / 29, within(3 * error));
        assertThat(sums[3] / draws).isCloseTo(-noise * 16 / 29, within(3 * error));
        assertThat(sums[4] / draws).isCloseTo(noise * 36 / 29, within(3 * error));
    }

    /** Mean and variance of a gamma distribution are its shape. */
    @Test
    void gammaNumbersHaveTheirMoments() {
        RandomGenerator rng = new SplittableRandom(3);
        int draws = 100_000;
        for (double shape : new double[] {1, 6, 40}) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < draws; i++) {
                double g = Gamma.draw(shape, rng);
                sum += g;
                squares += (g - shape) * (g - shape);
            }
            assertThat(sum / draws).isCloseTo(shape, within(4 * Math.sqrt(shape / draws)));
            // The fourth central moment is 3 shape^2 + 6 shape.
            assertThat(squares / draws)
                    .isCloseTo(shape, within(4 * Math.sqrt((2 * shape * shape + 6 * shape) / draws)));
        }
        assertThatThrownBy(() -> Gamma.draw(0.5, rng)).hasMessageContaining("at least 1");
    }
}
