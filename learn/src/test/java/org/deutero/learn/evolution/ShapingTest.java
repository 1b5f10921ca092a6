package org.deutero.learn.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ShapingTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double[] FITNESS = {3, -1, 7, INF};

    @Test
    void rawIsRaw() {
        assertThat(Shaping.RAW.apply(FITNESS)).containsExactly(FITNESS);
    }

    /** r / (2 N - 1) - 1/2 with r from 0. */
    @Test
    void ranksAreCentred() {
        assertThat(Shaping.CENTRED_RANKS.apply(FITNESS))
                .containsExactly(new double[] {-1.0 / 6, -0.5, 1.0 / 6, 0.5}, within(1e-15));
        assertThat(Shaping.CENTRED_RANKS.apply(new double[] {1, 1, 1, 1})).containsExactly(0, 0, 0, 0);
        assertThat(Shaping.CENTRED_RANKS.apply(new double[] {5, 1, 5, 9}))
                .containsExactly(new double[] {0, -0.5, 0, 0.5}, within(1e-15));
    }

    @Test
    void standardizedRanksHaveDeviationOne() {
        double[] shaped = Shaping.STANDARDIZED_RANKS.apply(FITNESS);
        double squares = 0;
        double sum = 0;
        for (double s : shaped) {
            squares += s * s;
            sum += s;
        }
        assertThat(sum).isCloseTo(0, within(1e-15));
        assertThat(squares / 4).isCloseTo(1, within(1e-15));
        assertThat(Shaping.STANDARDIZED_RANKS.apply(new double[] {2, 2})).containsExactly(0, 0);
    }

    @Test
    void signsCompareThePair() {
        assertThat(Shaping.SIGN.apply(FITNESS)).containsExactly(0.5, -0.5, -0.5, 0.5);
        assertThat(Shaping.SIGN.apply(new double[] {2, 2})).containsExactly(0, 0);
    }
}
