package org.deutero.tasks.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.world.Transition;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes are opened for their effect
class BernoulliArmsTest {
    private static Rounds rounds(Worlds worlds) {
        return (Rounds) worlds.world();
    }

    @Test
    void armsPayAsOftenAsTheySay() {
        try (Scope s = Scope.open()) {
            Worlds bandits = new BernoulliArms(List.of(3), 400).sample(200, new SplittableRandom(3));
            double[] shares = rounds(bandits).table().mean(1).doubles();
            double[] rates = rounds(bandits).expected(17).doubles();
            assertThat(shares).containsExactly(rates, within(5 * Math.sqrt(0.25 / 400)));
            assertThat(Arrays.stream(rates).average().orElseThrow()).isCloseTo(0.5, within(0.05));
            assertThat(Arrays.stream(rates).max().orElseThrow()).isGreaterThan(0.98);
            assertThat(bandits.observe(bandits.begin(DType.FLOAT32), 5).mean().item())
                    .isEqualTo(1);
        }
    }

    /** A pull pays what the table has for it, ends its episode, and the lifetime ends with the last. */
    @Test
    void aPullPaysWhatWasDrawnForIt() {
        try (Scope s = Scope.open()) {
            int n = 4;
            Worlds bandits = new BernoulliArms(List.of(3), n).sample(5, new SplittableRandom(3));
            SplittableRandom rng = new SplittableRandom(1);
            Params lives = bandits.begin(DType.FLOAT32);
            double[] sums = new double[5];
            for (int t = 0; t < n + 2; t++) {
                long[] arms = rng.longs(5, 0, 3).toArray();
                double[] table = rounds(bandits).pays(Math.min(t, n - 1)).doubles();
                Transition next = bandits.step(lives, Tensor.of(arms, 5, 1), Math.min(t, n - 1));
                lives = next.lives();
                double[] reward = next.reward().doubles();
                for (int i = 0; i < 5; i++) {
                    double expected = t < n ? table[i * 3 + (int) arms[i]] : 0;
                    assertThat(reward[i]).isEqualTo(expected);
                    sums[i] += expected;
                }
                assertThat(next.terminated().doubles()).containsOnly(t < n ? 1 : 0);
                assertThat(next.truncated().doubles()).containsOnly(0);
            }
            assertThat(Worlds.returns(lives).doubles()).containsExactly(sums);
        }
    }

    @Test
    void drawingInPartsGivesTheSameBandits() {
        try (Scope s = Scope.open()) {
            BernoulliArms source = new BernoulliArms(List.of(3), 5);
            SplittableRandom rng = new SplittableRandom(2);
            Worlds all = source.sample(5, new SplittableRandom(2));
            Worlds first = source.sample(2, rng);
            Worlds rest = source.sample(3, rng);
            assertThat(rounds(all.slice(0, 2)).table().floats())
                    .containsExactly(rounds(first).table().floats());
            assertThat(rounds(all.slice(2, 5)).table().floats())
                    .containsExactly(rounds(rest).table().floats());
            assertThat(rounds(all.slice(2, 5)).means().contiguous().floats())
                    .containsExactly(rounds(rest).means().contiguous().floats());
        }
    }

    @Test
    void batchesHaveAllNumbersOfArms() {
        try (Scope s = Scope.open()) {
            BernoulliArms source = new BernoulliArms(List.of(2, 5), 3);
            SplittableRandom rng = new SplittableRandom(4);
            int[] arms = new int[20];
            for (int i = 0; i < arms.length; i++) {
                arms[i] = source.sample(2, rng).world().shape().choices();
            }
            assertThat(arms).containsOnly(2, 5).contains(2, 5);
        }
    }

    /** The arm of an item's class pays 1, and no other. */
    @Test
    void classificationsAreBanditsToo() {
        try (Scope s = Scope.open()) {
            Tensor x = Tensor.of(new double[] {1, 2, 3, 4}, 1, 2, 2);
            Tensor y = Tensor.of(new long[] {2, 0}, 1, 2);
            Worlds rounds = Rounds.of(new Episodes(x, y, x, y, 3));
            Params lives = rounds.begin(DType.FLOAT64);
            assertThat(rounds.observe(lives, 1).doubles()).containsExactly(3, 4);
            assertThat(rounds(rounds).pays(0).doubles()).containsExactly(0, 0, 1);
            assertThat(rounds(rounds).pays(1).doubles()).containsExactly(1, 0, 0);
        }
    }

    @Test
    void banditsWithoutAChoiceAreRefused() {
        assertThatThrownBy(() -> new BernoulliArms(List.of(1), 5)).hasMessageContaining("at least 2 arms");
    }
}
