package org.deutero.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
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

    /** Means are of tasks on which neither diverged; the rest is counted. */
    @Test
    void divergedTasksAreCountedAndNotAveraged() {
        double[] first = {1, Double.NaN, 3, Double.POSITIVE_INFINITY, 5};
        double[] second = {0, 2, Double.NaN, Double.NaN, 3};
        Difference difference = Difference.paired(first, second);
        assertThat(difference.mean()).isCloseTo(1.5, within(1e-12));
        assertThat(difference.tasks()).isEqualTo(2);
        assertThat(List.of(difference.first(), difference.second(), difference.both()))
                .containsExactly(1, 1, 1);
        assertThat(difference.firstTasks()).isEqualTo(5);
        assertThat(difference.toldByDivergence()).isFalse();
        assertThat(Difference.unpaired(first, second).first()).isEqualTo(2);
    }

    /** McNemar: b tasks against none are told from the fourth on, 4 > 1.96 sqrt(4); one on all and the other on none always is. */
    @Test
    void moreDivergenceIsWorseThanChanceAllows() {
        double[] good = new double[100];
        for (int n : new int[] {0, 3, 4, 50}) {
            double[] bad = new double[100];
            Arrays.fill(bad, 0, n, Double.NaN);
            assertThat(Difference.paired(bad, good).told()).isEqualTo(n >= 4);
            assertThat(Difference.paired(good, bad).told()).isEqualTo(n >= 4);
        }
        double[] never = {Double.NaN, Double.NaN};
        assertThat(Difference.paired(never, new double[2]).told()).isTrue();
        assertThat(Difference.paired(never, new double[2]).firstDivergesMore()).isTrue();
        assertThat(Difference.paired(never, never.clone()).told()).isFalse();
        assertThat(Difference.unpaired(new double[2], never).told()).isTrue();
    }

    @Test
    void signsTellWhereAFewMeasuresAreHuge() {
        double[] brink = {2, 2, 2, 2, 1e30};
        Difference difference = Difference.paired(brink, new double[] {1, 1, 1, 1, 1});
        assertThat(difference.toldByMean()).isFalse();
        assertThat(difference.toldBySigns()).isTrue();
    }

    @Test
    void differentTasksCannotBePaired() {
        assertThatThrownBy(() -> Difference.paired(new double[2], new double[3]))
                .hasMessage("measures of 2 and of 3 tasks cannot be paired: they are not the same tasks");
    }
}
