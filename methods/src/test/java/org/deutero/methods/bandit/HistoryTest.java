package org.deutero.methods.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.deutero.methods.InScope;
import org.deutero.tasks.Episodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class HistoryTest {
    /** Two bandits; round r of bandit b has context (r, b), arm (r + b) mod 3 and reward 10 r + b. */
    private static History filled(int rounds) {
        History history = new History(2, 2);
        for (int r = 0; r < rounds; r++) {
            history.add(
                    new double[][] {{r, 0}, {r, 1}}, new int[] {r % 3, (r + 1) % 3}, new double[] {10 * r, 10 * r + 1});
        }
        return history;
    }

    @Test
    void forgetsNothing() {
        History history = filled(300);
        assertThat(history.rounds()).isEqualTo(300);
        assertThat(history.context(1, 0)).containsExactly(0, 1);
        assertThat(history.context(0, 299)).containsExactly(299, 0);
        assertThat(history.arm(1, 200)).isEqualTo(201 % 3);
        assertThat(history.reward(1, 123)).isEqualTo(1231);
        assertThatThrownBy(() -> history.reward(0, 300))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("round 300 of bandit 0 in a history of 300 rounds of 2 bandits");
    }

    @Test
    void miniBatchesAreDrawnWithReplacementFromTheBanditsOwnRounds() {
        Episodes batch = filled(4).sample(4000, List.of(new SplittableRandom(1), new SplittableRandom(2)), 0.5);
        double[] x = batch.supportX().doubles();
        double[] y = batch.supportY().doubles();
        int[] counts = new int[4];
        for (int i = 0; i < 8000; i++) {
            int round = (int) x[2 * i];
            int bandit = i / 4000;
            assertThat(x[2 * i + 1]).isEqualTo(bandit);
            assertThat(y[2 * i]).isEqualTo((round + bandit) % 3);
            assertThat(y[2 * i + 1]).isEqualTo(0.5 * (10 * round + bandit));
            counts[round]++;
        }
        for (int count : counts) {
            assertThat((double) count).isCloseTo(2000, within(4 * Math.sqrt(8000 * 0.25 * 0.75)));
        }
    }

    @Test
    void allRoundsComeOnceAndInOrder() {
        Episodes all = filled(3).all(1);
        assertThat(all.supportX().doubles()).containsExactly(0, 0, 1, 0, 2, 0, 0, 1, 1, 1, 2, 1);
        assertThat(all.supportY().doubles()).containsExactly(0, 0, 1, 10, 2, 20, 1, 1, 2, 11, 0, 21);
    }

    @Test
    void nothingCanBeDrawnFromNothing() {
        assertThatThrownBy(() -> new History(1, 2).sample(4, List.of(new SplittableRandom(1)), 1))
                .hasMessageContaining("without rounds");
    }
}
