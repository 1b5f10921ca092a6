package org.deutero.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TemperatureTest {
    private static final int ANSWERS = 4000;

    private final double[][] logits = new double[ANSWERS][5];
    private final int[] labels = new int[ANSWERS];

    /** Labels drawn from the softmax of some logits, which are then made {@code factor} times too sure. */
    private void overconfident(double factor) {
        SplittableRandom rng = new SplittableRandom(1);
        for (int i = 0; i < ANSWERS; i++) {
            for (int c = 0; c < 5; c++) {
                logits[i][c] = 2 * rng.nextGaussian();
            }
            double[] p = Temperature.softmax(logits[i], 1);
            double u = rng.nextDouble();
            while (labels[i] < 4 && u > p[labels[i]]) {
                u -= p[labels[i]++];
            }
            for (int c = 0; c < 5; c++) {
                logits[i][c] *= factor;
            }
        }
    }

    @Test
    void theTemperatureIsFoundAgain() {
        overconfident(3);
        Calibration c = Calibration.fit(logits, labels, 10);
        assertThat(c.temperature()).isCloseTo(3, within(0.2));
        assertThat(c.nllAfter()).isLessThan(c.nllBefore());
        assertThat(c.eceBefore()).isGreaterThan(0.1);
        assertThat(c.eceAfter()).isLessThan(0.02);
    }

    @Test
    void underconfidenceIsMendedToo() {
        overconfident(0.2);
        Calibration c = Calibration.fit(logits, labels, 10);
        assertThat(c.temperature()).isCloseTo(0.2, within(0.02));
        assertThat(c.nllAfter()).isLessThan(c.nllBefore());
    }

    /** At the minimum the derivative is zero: a little to either side the likelihood is no better. */
    @Test
    void noOtherTemperatureIsBetter() {
        overconfident(3);
        double best = Temperature.fit(logits, labels);
        double least = Temperature.negativeLogLikelihood(logits, labels, best);
        for (double factor : new double[] {0.1, 0.9, 0.999, 1.001, 1.1, 10}) {
            assertThat(Temperature.negativeLogLikelihood(logits, labels, best * factor))
                    .isGreaterThan(least);
        }
    }

    @Test
    void theOrderOfClassesStays() {
        overconfident(3);
        double temperature = Temperature.fit(logits, labels);
        for (double[] row : logits) {
            double[] p = Temperature.softmax(row, temperature);
            for (int a = 0; a < 5; a++) {
                for (int b = 0; b < 5; b++) {
                    assertThat(p[a] > p[b]).isEqualTo(row[a] > row[b]);
                }
            }
        }
    }

    @Test
    void faultlessAnswersTeachNothingOfConfidence() {
        double[][] sure = {{9, 0}, {0, 9}};
        assertThat(Temperature.fit(sure, new int[] {0, 1})).isEqualTo(1);
        assertThat(Temperature.fit(sure, new int[] {1, 1})).isGreaterThan(1);
    }

    /** Two answers of confidence 0.75 in one bin, half of them right. */
    @Test
    void calibrationErrorByHand() {
        double logit = Math.log(3);
        double[][] rows = {{logit, 0}, {0, logit}};
        assertThat(CalibrationError.of(rows, new int[] {0, 0}, 1)).isCloseTo(0.25, within(1e-12));
        assertThat(Temperature.negativeLogLikelihood(rows, new int[] {0, 0}, 1))
                .isCloseTo(-(Math.log(0.75) + Math.log(0.25)) / 2, within(1e-12));
    }

    @Test
    void hugeLogitsStayFinite() {
        double[] p = Temperature.softmax(new double[] {-1e5, -2e5, -1e5}, 1e-3);
        assertThat(p).containsExactly(0.5, 0, 0.5);
    }
}
