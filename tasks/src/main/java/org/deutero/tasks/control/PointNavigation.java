package org.deutero.tasks.control;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Canvas;
import org.deutero.tasks.world.Dynamics;
import org.deutero.tasks.world.Frame;
import org.deutero.tasks.world.WorldShape;

/**
 * A point on a plane that is to find a goal which it does not see (Finn, Abbeel, Levine 2017, MAML, arXiv 1703.03400, section 5.3.1; numbers as in their program). It begins at the origin; the goal is uniform in a square and the lifetime's own. An action in [-1, 1]^2 moves it by a tenth, the reward is minus
 * the distance to the goal afterwards (the paper says its square, the program does not take it), and within 0.01 of the goal in both coordinates the episode is terminated. Lengths are pure numbers, as in print. What is seen is the place.
 *
 * @param range goals lie within so much of the origin in each coordinate, 0.5 in print
 * @param arena so does the point, which stops at the edge; infinite in print
 * @param horizon steps of an episode, 100 in print
 */
public record PointNavigation(double range, double arena, int horizon) implements Dynamics {
    private static final double STEP = 0.1;
    private static final double NEAR = 0.01;

    /** Refuses empty squares. */
    public PointNavigation {
        if (!(range >= 0) || !(arena > 0) || horizon < 1) {
            throw new IllegalArgumentException("goals need a range, a point an arena and an episode a step, not "
                    + range + ", " + arena + " and " + horizon);
        }
    }

    @Override
    public WorldShape shape() {
        return new WorldShape(2, new Actions.Box(2, 1), horizon);
    }

    /** The goal. */
    @Override
    public int given() {
        return 2;
    }

    /** The place. */
    @Override
    public int state() {
        return 2;
    }

    @Override
    public void draw(RandomGenerator rng, double[] given, int g) {
        for (int i = 0; i < 2; i++) {
            given[g + i] = range * (2 * rng.nextDouble() - 1);
        }
    }

    @Override
    public void begin(double[] given, int g, double[] state, int s, RandomGenerator chance) {
        state[s] = 0;
        state[s + 1] = 0;
    }

    @Override
    public void observe(double[] given, int g, double[] state, int s, double[] seen, int o) {
        System.arraycopy(state, s, seen, o, 2);
    }

    /** Twice as much as where goals lie, upwards what the second coordinate counts; the goal is drawn though agents do not see it. */
    @Override
    public Optional<Frame> picture(double[] given, int g, double[] state, int s) {
        int size = 48;
        double scale = size / (4 * Math.max(range, STEP));
        double middle = size / 2.0;
        return Optional.of(new Canvas(size, size)
                .disc(middle - scale * given[g + 1], middle + scale * given[g], 3, Canvas.GOAL)
                .disc(middle - scale * state[s + 1], middle + scale * state[s], 2.5, Canvas.AGENT)
                .frame());
    }

    @Override
    public double step(double[] given, int g, double[] state, int s, double[] action, int a, RandomGenerator chance) {
        double squares = 0;
        for (int i = 0; i < 2; i++) {
            double moved = state[s + i] + STEP * Bounds.clip(action[a + i], 1);
            state[s + i] = Bounds.clip(moved, arena);
            double away = state[s + i] - given[g + i];
            squares += away * away;
        }
        return -Math.sqrt(squares);
    }

    @Override
    public boolean terminated(double[] given, int g, double[] state, int s) {
        return Math.abs(state[s] - given[g]) < NEAR && Math.abs(state[s + 1] - given[g + 1]) < NEAR;
    }
}
