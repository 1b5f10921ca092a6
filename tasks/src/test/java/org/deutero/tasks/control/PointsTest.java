package org.deutero.tasks.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Points on a plane, by hand. */
class PointsTest {
    private static final double[] NEVER = {9, 9};

    private static double step(PointNavigation world, double[] goal, double[] place, double x, double y) {
        return world.step(goal, 0, place, 0, new double[] {x, y}, 0, null);
    }

    /** A tenth of the action, which is held within 1; the reward is minus the distance that is left, not its square. */
    @Test
    void aPointMovesByATenthOfTheAction() {
        PointNavigation world = new PointNavigation(0.5, Double.POSITIVE_INFINITY, 100);
        double[] goal = {0.1, -0.12};
        double[] place = {0, 0};
        assertThat(step(world, goal, place, -0.5, 3)).isCloseTo(-Math.hypot(0.15, 0.22), within(1e-15));
        assertThat(place).containsExactly(new double[] {-0.05, 0.1}, within(1e-15));
        assertThat(step(world, goal, place, 1, -1)).isCloseTo(-Math.hypot(0.05, 0.12), within(1e-15));
        assertThat(world.terminated(goal, 0, place, 0)).isFalse();
        step(world, goal, place, 0.5, 0); // near in one coordinate is not enough
        assertThat(world.terminated(goal, 0, place, 0)).isFalse();
        step(world, goal, place, 0.05, -1);
        step(world, goal, place, 0, -0.12);
        assertThat(world.terminated(goal, 0, place, 0)).isTrue();
    }

    @Test
    void anArenaHoldsThePoint() {
        PointNavigation world = new PointNavigation(0.5, 0.15, 100);
        double[] place = {0, 0};
        for (int i = 0; i < 3; i++) {
            step(world, NEVER, place, 1, -1);
        }
        assertThat(place).containsExactly(0.15, -0.15);
    }

    @Test
    void goalsFillTheSquare() {
        PointNavigation world = new PointNavigation(0.5, Double.POSITIVE_INFINITY, 100);
        SplittableRandom rng = new SplittableRandom(1);
        double[] goals = new double[2000];
        for (int i = 0; i < 1000; i++) {
            world.draw(rng, goals, 2 * i);
        }
        double[] sorted = Arrays.stream(goals).sorted().toArray();
        assertThat(sorted[0]).isBetween(-0.5, -0.49);
        assertThat(sorted[1999]).isBetween(0.49, 0.5);
    }

    /** Two pushes of full strength give 0.2 along the first coordinate; a push to the side costs, and helps nothing. */
    @Test
    void aMassIsPaidForItsSpeedOrItsDirection() {
        double[] action = {2, 0.5}; // counts as 1, 0.5
        for (double goal : new double[] {1, -1}) {
            double[] state = new double[4];
            PointMass mass = new PointMass(Aim.DIRECTION, 5);
            assertThat(mass.step(new double[] {goal}, 0, state, 0, action, 0, null))
                    .isCloseTo(goal * 0.1 - 0.05 * 1.25, within(1e-15));
            assertThat(state).containsExactly(new double[] {0.01, 0.005, 0.1, 0.05}, within(1e-15));
        }
        double[] state = {0, 0, 0.1, 0};
        PointMass mass = new PointMass(Aim.VELOCITY, 5);
        assertThat(mass.step(new double[] {1.5}, 0, state, 0, action, 0, null))
                .isCloseTo(-1.3 - 0.05 * 1.25, within(1e-15));
    }
}
