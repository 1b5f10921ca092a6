package org.deutero.tasks.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.deutero.tasks.Environment;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes are opened for their effect
class CartPoleTest {
    /** One step as the customary scalar code has it. */
    private static double[] moved(double[] s, int action) {
        double force = action == 1 ? 10 : -10;
        double cosine = Math.cos(s[2]);
        double sine = Math.sin(s[2]);
        double temp = (force + 0.05 * s[3] * s[3] * sine) / 1.1;
        double turn = (9.8 * sine - cosine * temp) / (0.5 * (4.0 / 3.0 - 0.1 * cosine * cosine / 1.1));
        double acceleration = temp - 0.05 * turn * cosine / 1.1;
        return new double[] {s[0] + 0.02 * s[1], s[1] + 0.02 * acceleration, s[2] + 0.02 * s[3], s[3] + 0.02 * turn};
    }

    @Test
    void livesFollowTheEquationsUntilTheyEnd() {
        try (Scope s = Scope.open()) {
            SplittableRandom rng = new SplittableRandom(1);
            CartPole world = new CartPole(100);
            double[] start = {0.01, -0.02, 0.03, 0.04};
            Tensor state = world.begin(Tensor.of(
                    new double[] {start[0], start[1], start[2], start[3], 1, start[0], start[1], start[2], start[3], -1
                    },
                    1,
                    2,
                    5));
            double[] expected = start;
            boolean alive = true;
            int steps = 0;
            for (int t = 0; t < 100; t++) {
                int action = rng.nextInt(2);
                Environment.Outcome outcome = world.step(state, Tensor.of(new long[] {action, 1 - action}, 1, 2));
                state = outcome.state();
                assertThat(outcome.reward().doubles()).containsOnly(alive ? 1 : 0);
                if (alive) {
                    expected = moved(expected, action);
                    alive = Math.abs(expected[0]) <= 2.4 && Math.abs(expected[2]) <= 12 * Math.PI / 180;
                    steps++;
                }
                // The second life is swapped and was given the other action: the same life.
                for (int life = 0; life < 2; life++) {
                    assertThat(state.select(1, life).slice(1, 0, 4).reshape(-1).doubles())
                            .containsExactly(expected, within(1e-12));
                }
            }
            assertThat(alive).isFalse();
            assertThat(steps).isBetween(8, 99);
            double[] seen = world.observe(state).select(1, 0).reshape(-1).doubles();
            assertThat(seen)
                    .containsExactly(
                            new double[] {expected[0], expected[1], 5 * expected[2], expected[3]}, within(1e-12));
        }
    }

    @Test
    void drawingInPartsGivesTheSameLives() {
        try (Scope s = Scope.open()) {
            Lives source = new Lives(new CartPole(50), Lives.Polarity.BOTH);
            SplittableRandom rng = new SplittableRandom(2);
            Episodes all = source.sample(5, new SplittableRandom(2));
            Episodes first = source.sample(2, rng);
            Episodes rest = source.sample(3, rng);
            assertThat(all.slice(0, 2).supportX().floats())
                    .containsExactly(first.supportX().floats());
            assertThat(all.slice(2, 5).supportX().floats())
                    .containsExactly(rest.supportX().floats());
            assertThat(all.supportX().select(2, 4).to(DType.INT64).longs())
                    .containsExactly(1, -1, 1, -1, 1, -1, 1, -1, 1, -1);
            assertThat(all.supportX().slice(2, 0, 4).abs().flatten(0).max(0).item())
                    .isBetween(0.03, 0.05);
        }
    }
}
