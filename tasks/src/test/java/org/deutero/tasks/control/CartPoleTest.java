package org.deutero.tasks.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.deutero.tasks.world.Transition;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes are opened for their effect
class CartPoleTest {
    /** From Gymnasium's CartPole-v1 in double, start (.01, -.02, .03, .04), actions 1, 1, 0, 1, 0. */
    private static final double[][] GOLDEN = {
        {0.0096, 0.17467919574755525, 0.0308, -0.2430687179600081},
        {0.013093583914951107, 0.3693479760579556, 0.025938625640799837, -0.5258796280501483},
        {0.02048054343611022, 0.17387081260481596, 0.01542103307979687, -0.22513741609237464},
        {0.02395795968820654, 0.3687690101747617, 0.010918284757949377, -0.5129163478026587},
        {0.03133333989170178, 0.17349499275068458, 0.0006599578018962032, -0.21681286835696195}
    };

    private static final long[] ACTIONS = {1, 1, 0, 1, 0};

    private static final double[] FALLEN = {
        0.20327370646736923, 1.9344480742867927, -0.255546380730698, -3.035578642468533
    };

    private static CartPole world(int horizon) {
        return new CartPole(
                Tensor.of(new double[] {0.01, -0.02, 0.03, 0.04, 1, 0.01, -0.02, 0.03, 0.04, -1}, 1, 2, 5), horizon);
    }

    private static double[] cart(Params lives, int copy) {
        return lives.get("state.cart")
                .select(1, copy)
                .slice(1, 0, 4)
                .reshape(-1)
                .doubles();
    }

    /** The golden transitions, then pushes to the right until the pole falls in step 14; then life stands still. The second life is swapped and given the other action: the same life. */
    @Test
    void livesFollowTheGoldenTransitionsUntilTheyEnd() {
        try (Scope s = Scope.open()) {
            Worlds worlds = Worlds.episode(world(100), 2);
            Params lives = worlds.begin(DType.FLOAT64);
            for (int t = 0; t < 20; t++) {
                long action = t < ACTIONS.length ? ACTIONS[t] : 1;
                Transition next = worlds.step(lives, Tensor.of(new long[] {action, 1 - action}, 1, 2), t);
                lives = next.lives();
                assertThat(next.reward().doubles()).containsOnly(t < 14 ? 1 : 0);
                assertThat(next.terminated().doubles()).containsOnly(t == 13 ? 1 : 0);
                assertThat(next.truncated().doubles()).containsOnly(0);
                double[] expected = t < GOLDEN.length ? GOLDEN[t] : t >= 13 ? FALLEN : cart(lives, 0);
                assertThat(cart(lives, 0)).containsExactly(expected, within(1e-14));
                assertThat(cart(lives, 1)).containsExactly(expected, within(1e-14));
            }
            assertThat(Worlds.returns(lives).doubles()).containsExactly(14, 14);
            assertThat(worlds.observe(lives, 20).select(1, 0).reshape(-1).doubles())
                    .containsExactly(new double[] {FALLEN[0], FALLEN[1], 5 * FALLEN[2], FALLEN[3]}, within(1e-14));
        }
    }

    /** Time ends an episode without terminating it, but not where the pole falls in the same step. */
    @Test
    void timeTruncates() {
        try (Scope s = Scope.open()) {
            for (int horizon : new int[] {13, 14, 15}) {
                Worlds worlds = Worlds.episode(world(horizon), 2);
                Params lives = worlds.begin(DType.FLOAT64);
                for (int t = 0; t < horizon; t++) {
                    long action = t < ACTIONS.length ? ACTIONS[t] : 1;
                    Transition next = worlds.step(lives, Tensor.of(new long[] {action, 1 - action}, 1, 2), t);
                    lives = next.lives();
                    assertThat(next.terminated().doubles()).containsOnly(t == 13 ? 1 : 0);
                    assertThat(next.truncated().doubles()).containsOnly(t == 12 && horizon == 13 ? 1 : 0);
                }
            }
        }
    }

    /** Later episodes of a trial begin within the bounds, anew for each life, with the polarity of the first; a step that is run again begins them at the same place. */
    @Test
    void trialsGoOnWithTheNextEpisode() {
        try (Scope s = Scope.open()) {
            Worlds worlds = new CartPoleTasks(30, CartPoleTasks.Polarity.BOTH, 3).sample(2, new SplittableRandom(5));
            Params lives = worlds.begin(DType.FLOAT64);
            double[] ended = new double[4];
            for (int t = 0; t < worlds.steps(); t++) {
                Params before = lives;
                Tensor action = Tensor.of(new long[] {1, 1, 1, 1}, 2, 2);
                Transition next = worlds.step(before, action, t);
                lives = next.lives();
                Transition same = worlds.step(before, action, t);
                assertThat(same.lives().flatten().doubles())
                        .containsExactly(lives.flatten().doubles());
                double[] now = next.ended().doubles();
                double[] state = lives.get("state.cart").doubles();
                double[] reward = next.reward().doubles();
                for (int life = 0; life < 4; life++) {
                    assertThat(reward[life]).isEqualTo(ended[life] < 3 ? 1 : 0);
                    ended[life] += now[life];
                    assertThat(state[life * 5 + 4]).isEqualTo(life % 2 == 0 ? 1 : -1);
                    if (now[life] == 1 && ended[life] < 3) {
                        for (int i = 0; i < 4; i++) {
                            assertThat(Math.abs(state[life * 5 + i])).isBetween(1e-9, 0.05);
                        }
                        assertThat(state[life * 5]).isNotEqualTo(state[(life + 1) % 4 * 5]);
                    }
                }
            }
            assertThat(ended).containsOnly(3);
        }
    }

    @Test
    void drawingInPartsGivesTheSameLives() {
        try (Scope s = Scope.open()) {
            for (int episodes : new int[] {1, 2}) {
                CartPoleTasks source = new CartPoleTasks(50, CartPoleTasks.Polarity.BOTH, episodes);
                SplittableRandom rng = new SplittableRandom(2);
                Worlds all = source.sample(5, new SplittableRandom(2));
                Worlds first = source.sample(2, rng);
                Worlds rest = source.sample(3, rng);
                assertThat(start(all.slice(0, 2)).floats())
                        .containsExactly(start(first).floats());
                assertThat(start(all.slice(2, 5)).floats())
                        .containsExactly(start(rest).floats());
                assertThat(all.slice(2, 5).seeds()).containsExactly(rest.seeds());
                assertThat(start(all).select(2, 4).to(DType.INT64).longs())
                        .containsExactly(1, -1, 1, -1, 1, -1, 1, -1, 1, -1);
                assertThat(start(all).slice(2, 0, 4).abs().flatten(0).max(0).item())
                        .isBetween(0.03, 0.05);
            }
        }
    }

    private static Tensor start(Worlds worlds) {
        return ((CartPole) worlds.world()).start();
    }
}
