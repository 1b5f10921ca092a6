package org.deutero.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DifferenceTest {
    @Test
    void equalLearnersHaveNoDifferenceAndNoInterval() {
        double[] same = {0.2, 0.9, 0.4};
        Difference difference = Difference.paired(same, same.clone());
        assertThat(difference).isEqualTo(new Difference(0, 0, 3, true));
        assertThat(difference.told()).isFalse();
    }

    /** Differences 1, 2, 3: mean 2, sample deviation 1. */
    @Test
    void aClosedForm() {
        Difference difference = Difference.paired(new double[] {11, 22, 33}, new double[] {10, 20, 30});
        assertThat(difference.mean()).isCloseTo(2, within(1e-12));
        assertThat(difference.interval()).isCloseTo(1.96 / Math.sqrt(3), within(1e-12));
        assertThat(difference.told()).isTrue();
    }

    /** Unpaired, variances add: 1.96 sqrt(s1^2 / n1 + s2^2 / n2). */
    @Test
    void unpairedIntervalsAddInSquares() {
        Difference difference = Difference.unpaired(new double[] {0, 2}, new double[] {10, 14, 10, 14});
        assertThat(difference.mean()).isCloseTo(-11, within(1e-12));
        double squares = 2.0 / 2 + (16.0 / 3) / 4;
        assertThat(difference.interval()).isCloseTo(1.96 * Math.sqrt(squares), within(1e-12));
        assertThat(difference.paired()).isFalse();
        assertThat(difference.tasks()).isEqualTo(2);
    }

    @Test
    void pairingTakesSharedDifficultyOutOfTheInterval() {
        SplittableRandom random = new SplittableRandom(1);
        double[] first = new double[400];
        double[] second = new double[400];
        for (int i = 0; i < first.length; i++) {
            double difficulty = random.nextGaussian();
            first[i] = difficulty + 0.1 + 0.1 * random.nextGaussian();
            second[i] = difficulty + 0.1 * random.nextGaussian();
        }
        Difference paired = Difference.paired(first, second);
        Difference unpaired = Difference.unpaired(first, second);
        assertThat(paired.mean()).isCloseTo(unpaired.mean(), within(1e-12));
        // Deviations of 0.14 and 1.42: a tenth.
        assertThat(paired.interval()).isCloseTo(0.1 * unpaired.interval(), within(0.02 * unpaired.interval()));
        assertThat(paired.told()).isTrue();
        assertThat(unpaired.told()).isFalse();
    }

    @Test
    void oneTaskTellsNothing() {
        assertThat(Difference.paired(new double[] {1}, new double[] {0}).told()).isFalse();
    }

    @Test
    void differentTasksCannotBePaired() {
        assertThatThrownBy(() -> Difference.paired(new double[2], new double[3]))
                .hasMessage("measures of 2 and of 3 tasks cannot be paired: they are not the same tasks");
    }
}
