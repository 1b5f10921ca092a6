package org.deutero.tasks.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.deutero.tasks.chain.DelayedChain.Cue;
import org.deutero.tasks.chain.DelayedChain.Noise;
import org.junit.jupiter.api.Test;

/** Numbers of states, and what is paid when. */
class DelayedChainTest {
    private static final double[] SIX = {6, 1};

    /** Rewards of an episode whose first action is given; numbers of states go into {@code numbers}. */
    private static double[] episode(DelayedChain chain, int first, int[] numbers, int seed) {
        double[] state = new double[chain.state()];
        SplittableRandom chance = new SplittableRandom(seed);
        chain.begin(SIX, 0, state, 0, chance);
        double[] rewards = new double[6];
        for (int t = 0; t < 6; t++) {
            numbers[t] = chain.number(SIX, 0, state, 0);
            assertThat(chain.terminated(SIX, 0, state, 0)).isFalse();
            double[] action = {t == 0 ? first : chance.nextInt(2)};
            rewards[t] = chain.step(SIX, 0, state, 0, action, 0, chance);
        }
        assertThat(chain.terminated(SIX, 0, state, 0)).isTrue();
        return rewards;
    }

    @Test
    void onlyTheFirstActionMattersAndTheEndPays() {
        DelayedChain chain = DelayedChain.plain(5, 20);
        assertThat(chain.shape().observations()).isEqualTo(41);
        int[] numbers = new int[6];
        assertThat(episode(chain, 1, numbers, 1)).containsExactly(0, 0, 0, 0, 0, 1);
        assertThat(numbers).containsExactly(0, 2, 4, 6, 8, 10);
        assertThat(episode(chain, 0, numbers, 2)).containsExactly(0, 0, 0, 0, 0, -1);
        assertThat(numbers).containsExactly(0, 1, 3, 5, 7, 9);
    }

    @Test
    void aCueShowsTheRightActionAndBranchesTellWhetherItWasTaken() {
        DelayedChain chain = new DelayedChain(Cue.START, 5, 20, Noise.NONE, 0);
        assertThat(chain.shape().observations()).isEqualTo(42);
        for (int seed = 0; seed < 10; seed++) {
            int[] numbers = new int[6];
            double last = episode(chain, 1, numbers, seed)[5];
            int cue = numbers[0];
            assertThat(last).isEqualTo(cue == 1 ? 1 : -1);
            assertThat(Arrays.copyOfRange(numbers, 1, 6))
                    .containsExactly(cue == 1 ? new int[] {2, 3, 4, 5, 6} : new int[] {22, 23, 24, 25, 26});
        }
    }

    @Test
    void noiseIsFairAndStopsBeforeTheEnd() {
        int[] numbers = new int[6];
        double sum = 0;
        for (int seed = 0; seed < 400; seed++) {
            double[] all = episode(new DelayedChain(Cue.NONE, 5, 20, Noise.ALL, 0), 1, numbers, seed);
            assertThat(Arrays.stream(all).map(Math::abs)).containsOnly(1.0);
            assertThat(all[5]).isEqualTo(1);
            sum += Arrays.stream(all).limit(5).sum();
            assertThat(episode(new DelayedChain(Cue.NONE, 5, 20, Noise.AFTER_FIRST, 0), 1, numbers, seed)[0])
                    .isZero();
        }
        assertThat(sum / 2000).isCloseTo(0, within(0.1)); // 4.5 deviations
    }

    @Test
    void distractionHidesTwoBitsAmongMany() {
        DelayedChain chain = new DelayedChain(Cue.START, 5, 30, Noise.NONE, 20);
        assertThat(chain.shape().observations()).isEqualTo(22);
        assertThat(chain.numberedStates()).isZero();
        double[] state = new double[chain.state()];
        SplittableRandom chance = new SplittableRandom(1);
        chain.begin(SIX, 0, state, 0, chance);
        double[] seen = new double[22];
        chain.observe(SIX, 0, state, 0, seen, 0);
        assertThat(seen[1]).isZero();
        double[] right = {seen[0]};
        double[] before = seen.clone();
        chain.step(SIX, 0, state, 0, right, 0, chance);
        chain.observe(SIX, 0, state, 0, seen, 0);
        assertThat(seen[0]).isEqualTo(right[0]);
        assertThat(seen[1]).isEqualTo(1);
        assertThat(Arrays.copyOfRange(seen, 2, 22)).isNotEqualTo(Arrays.copyOfRange(before, 2, 22));
    }

    @Test
    void lengthsAndRightActionsAreDrawnForLifetimes() {
        DelayedChain chain = DelayedChain.plain(5, 20);
        SplittableRandom rng = new SplittableRandom(3);
        int[] lengths = new int[21];
        int ones = 0;
        for (int i = 0; i < 1600; i++) {
            double[] given = new double[2];
            chain.draw(rng, given, 0);
            lengths[(int) given[0]]++;
            ones += (int) given[1];
        }
        assertThat(Arrays.copyOf(lengths, 5)).containsOnly(0);
        assertThat(Arrays.stream(lengths).skip(5)).allMatch(n -> n > 60 && n < 140); // 4 deviations
        assertThat(ones).isBetween(720, 880);
        assertThatThrownBy(() -> DelayedChain.plain(0, 3)).hasMessageContaining("at least 1 step");
    }
}
