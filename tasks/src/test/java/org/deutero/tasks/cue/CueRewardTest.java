package org.deutero.tasks.cue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.deutero.tasks.world.Lifetimes;
import org.deutero.tasks.world.Transition;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes are opened for their effect
class CueRewardTest {
    private static final int LIVES = 50;
    private static final CueReward WORLD = new CueReward(4, 4, 2, 6, -1, 60);

    /** Who knows the target, and answers by it, is always right; each trial shows two cues, and the signal last. */
    @Test
    void whoKnowsTheTargetIsAlwaysRight() {
        try (Scope s = Scope.open()) {
            double[] given = new double[LIVES * WORLD.given()];
            SplittableRandom rng = new SplittableRandom(1);
            Worlds tasks = Lifetimes.trials(WORLD, 1, 1).sample(LIVES, rng);
            // The same draws again tell what the lifetimes were given.
            SplittableRandom again = new SplittableRandom(1);
            for (int life = 0; life < LIVES; life++) {
                WORLD.draw(again, given, life * WORLD.given());
                again.nextLong();
            }
            Params lives = tasks.begin(DType.FLOAT64);
            boolean[] target = new boolean[LIVES];
            int[] shown = new int[LIVES];
            int yes = 0;
            for (int t = 0; t < 60; t++) {
                double[] seen = tasks.observe(lives, t).doubles();
                long[] action = new long[LIVES];
                for (int life = 0; life < LIVES; life++) {
                    double[] cue = Arrays.copyOfRange(seen, life * 5, life * 5 + 4);
                    int g = life * WORLD.given();
                    target[life] |= Arrays.equals(cue, Arrays.copyOfRange(given, g, g + 4));
                    shown[life] += cue[0] == 0 ? 0 : 1;
                    assertThat(seen[life * 5 + 4]).isEqualTo(t % 6 == 5 ? 1 : 0);
                    action[life] = target[life] ? 1 : 0;
                    if (t % 6 == 5) {
                        assertThat(shown[life]).isEqualTo(2);
                        assertThat(cue).containsOnly(0);
                        yes += (int) action[life];
                        target[life] = false;
                        shown[life] = 0;
                    }
                }
                Transition after = tasks.step(lives, Tensor.of(action, LIVES, 1), t);
                assertThat(after.reward().doubles()).containsOnly(t % 6 == 5 ? 1 : 0);
                lives = after.lives();
            }
            // In half of the trials, to four standard errors.
            assertThat(yes / (LIVES * 10.0)).isCloseTo(0.5, within(2 / Math.sqrt(LIVES * 10.0)));
        }
    }

    @Test
    void wrongAnswersCostWhatTheyCost() {
        CueReward world = new CueReward(3, 2, 1, 2, -0.25, 8);
        double[] given = new double[world.given()];
        world.draw(new SplittableRandom(2), given, 0);
        double[] state = new double[world.state()];
        SplittableRandom chance = new SplittableRandom(3);
        world.begin(given, 0, state, 0, chance);
        for (int i = 0; i < 20; i++) {
            boolean target = state[1] == 0;
            assertThat(world.step(given, 0, state, 0, new double[] {1}, 0, chance))
                    .isZero();
            assertThat(world.step(given, 0, state, 0, new double[] {i % 2}, 0, chance))
                    .isEqualTo(target == (i % 2 == 1) ? 1 : -0.25);
        }
    }

    /** All orders of cues and places, and no cue twice in a lifetime. */
    @Test
    void cuesAreDistinctAndShownInEveryOrder() {
        CueReward world = new CueReward(2, 4, 2, 3, -1, 8);
        Set<String> orders = new HashSet<>();
        SplittableRandom rng = new SplittableRandom(4);
        double[] given = new double[world.given()];
        double[] state = new double[world.state()];
        for (int i = 0; i < 300; i++) {
            world.draw(rng, given, 0);
            Set<String> cues = new HashSet<>();
            for (int cue = 0; cue < 4; cue++) {
                cues.add(Arrays.toString(Arrays.copyOfRange(given, cue * 2, cue * 2 + 2)));
            }
            assertThat(cues).hasSize(4);
            world.begin(given, 0, state, 0, rng);
            orders.add(Arrays.toString(Arrays.copyOfRange(state, 1, 3)));
        }
        assertThat(orders).hasSize(4 * 3);
    }

    @Test
    void whatCannotBeShownIsRefused() {
        assertThatThrownBy(() -> new CueReward(1, 3, 1, 5, -1, 9)).hasMessageContaining("no 3 distinct cues of 1 bits");
        assertThatThrownBy(() -> new CueReward(4, 2, 2, 5, -1, 9)).hasMessageContaining("cannot show 2 of 2 cues");
        assertThatThrownBy(() -> new CueReward(4, 4, 2, 2, -1, 9)).hasMessageContaining("a trial of 2 steps");
    }
}
