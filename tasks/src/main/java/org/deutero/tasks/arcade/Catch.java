package org.deutero.tasks.arcade;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Canvas;
import org.deutero.tasks.world.Dynamics;
import org.deutero.tasks.world.Frame;
import org.deutero.tasks.world.WorldShape;

/**
 * Catch (Mnih, Heess, Graves, Kavukcuoglu 2014; as in Osband et al. 2020, bsuite): a ball falls by one row a step from a random column of the top row, and a paddle in the bottom row, at first in its middle, goes left, stays or goes right. The episode ends when the ball is in the bottom row: 1 for a ball
 * that is caught, -1 for one that is not. What is seen is the board, row by row, with 1 where the ball or the paddle is.
 *
 * @param rows of the board; an episode takes one step less
 * @param columns of the board
 */
public record Catch(int rows, int columns) implements Dynamics {
    private static final int BALL_ROW = 0;
    private static final int BALL_COLUMN = 1;
    private static final int PADDLE = 2;

    /** Refuses boards on which nothing falls. */
    public Catch {
        if (rows < 2 || columns < 1) {
            throw new IllegalArgumentException(
                    "a ball needs at least 2 rows and 1 column to fall, not " + rows + " and " + columns);
        }
    }

    @Override
    public WorldShape shape() {
        return new WorldShape(rows * columns, new Actions.Discrete(3), rows - 1);
    }

    @Override
    public int given() {
        return 0;
    }

    /** Row and column of the ball, column of the paddle. */
    @Override
    public int state() {
        return 3;
    }

    /** All lifetimes are given the same: nothing. */
    @Override
    public void draw(RandomGenerator rng, double[] given, int g) {}

    @Override
    public void begin(double[] given, int g, double[] state, int s, RandomGenerator chance) {
        state[s + BALL_ROW] = 0;
        state[s + BALL_COLUMN] = chance.nextInt(columns);
        state[s + PADDLE] = Math.floorDiv(columns, 2);
    }

    @Override
    public void observe(double[] given, int g, double[] state, int s, double[] seen, int o) {
        for (int i = 0; i < rows * columns; i++) {
            seen[o + i] = 0;
        }
        int cell = ((int) state[s + BALL_ROW]) * columns + (int) state[s + BALL_COLUMN];
        seen[o + cell] = 1;
        seen[o + (rows - 1) * columns + (int) state[s + PADDLE]] = 1;
    }

    @Override
    public Optional<Frame> picture(double[] given, int g, double[] state, int s) {
        return Optional.of(Canvas.board(rows, columns)
                .token((int) state[s + BALL_ROW], (int) state[s + BALL_COLUMN], Canvas.GOAL)
                .cell(rows - 1, (int) state[s + PADDLE], Canvas.AGENT)
                .frame());
    }

    @Override
    public double step(double[] given, int g, double[] state, int s, double[] action, int a, RandomGenerator chance) {
        double paddle = state[s + PADDLE] + action[a] - 1;
        state[s + PADDLE] = Math.max(0, Math.min(columns - 1, paddle));
        state[s + BALL_ROW]++;
        if (!terminated(given, g, state, s)) {
            return 0;
        }
        return state[s + PADDLE] == state[s + BALL_COLUMN] ? 1 : -1;
    }

    @Override
    public boolean terminated(double[] given, int g, double[] state, int s) {
        return state[s + BALL_ROW] >= rows - 1;
    }
}
