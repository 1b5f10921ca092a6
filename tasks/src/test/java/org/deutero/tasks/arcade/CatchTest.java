package org.deutero.tasks.arcade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Games by hand. */
class CatchTest {
    private static final Catch GAME = new Catch(5, 5);
    private static final SplittableRandom CHANCE = new SplittableRandom(1);

    private static double[] seen(double[] state) {
        double[] seen = new double[25];
        GAME.observe(new double[0], 0, state, 0, seen, 0);
        return seen;
    }

    private static double play(double[] state, int... actions) {
        double reward = 0;
        for (int action : actions) {
            assertThat(GAME.terminated(new double[0], 0, state, 0)).isFalse();
            reward += GAME.step(new double[0], 0, state, 0, new double[] {action}, 0, CHANCE);
        }
        assertThat(GAME.terminated(new double[0], 0, state, 0)).isTrue();
        return reward;
    }

    @Test
    void aBallFallsAndIsCaughtOrNot() {
        assertThat(play(new double[] {0, 4, 2}, 2, 2, 1, 1)).isEqualTo(1);
        assertThat(play(new double[] {0, 4, 2}, 2, 1, 1, 1)).isEqualTo(-1);
        assertThat(play(new double[] {0, 0, 2}, 0, 0, 0, 0))
                .as("walls hold the paddle")
                .isEqualTo(1);
        assertThat(play(new double[] {0, 2, 2}, 0, 2, 2, 0)).isEqualTo(1);
    }

    @Test
    void theBoardShowsBallAndPaddle() {
        double[] state = {0, 3, 2};
        double[] seen = seen(state);
        assertThat(seen[3]).isEqualTo(1);
        assertThat(seen[22]).isEqualTo(1);
        GAME.step(new double[0], 0, state, 0, new double[] {0}, 0, CHANCE);
        seen = seen(state);
        assertThat(seen[8]).isEqualTo(1);
        assertThat(seen[21]).isEqualTo(1);
        double sum = 0;
        for (double cell : seen) {
            sum += cell;
        }
        assertThat(sum).isEqualTo(2);
    }

    @Test
    void ballsBeginInEveryColumnOfTheTopRow() {
        int[] counts = new int[5];
        double[] state = new double[3];
        for (int i = 0; i < 5_000; i++) {
            GAME.begin(new double[0], 0, state, 0, CHANCE);
            assertThat(state[0]).isZero();
            assertThat(state[2]).isEqualTo(2);
            counts[(int) state[1]]++;
        }
        for (int count : counts) {
            assertThat(count).isBetween(850, 1_150);
        }
    }
}
