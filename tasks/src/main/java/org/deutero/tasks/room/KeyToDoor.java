package org.deutero.tasks.room;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.tasks.world.Canvas;
import org.deutero.tasks.world.Frame;
import org.deutero.tasks.world.TabularDynamics;
import org.deutero.tasks.world.WorldShape;

/**
 * A room with an invisible key and an invisible door, the lifetime's own (Laskin et al. 2022, Algorithm Distillation, arXiv 2210.14215): the first step onto the key pays 1, and the first onto the door after that. No episode is terminated, so its best return is 2.
 *
 * @param room of the agent, which does not see whether it has the key
 * @param horizon steps of an episode, 50 in print
 */
public record KeyToDoor(Room room, int horizon) implements TabularDynamics {
    private static final int KEY = 0;
    private static final int DOOR = 1;
    private static final int CELL = 0;
    private static final int FOUND = 1;

    /** Refuses rooms that are too small. */
    public KeyToDoor {
        if (room.cells() < 2 || horizon < 1) {
            throw new IllegalArgumentException(
                    "a key and a door need at least 2 cells and 1 step, not " + room.cells() + " and " + horizon);
        }
    }

    @Override
    public WorldShape shape() {
        return room.shape(horizon);
    }

    /** The cells of key and door. */
    @Override
    public int given() {
        return 2;
    }

    /** The cell of the agent, and how much of the two it has found. */
    @Override
    public int state() {
        return 2;
    }

    /** Two different cells. */
    @Override
    public void draw(RandomGenerator rng, double[] given, int g) {
        int key = (int) (room.cells() * rng.nextDouble());
        int door = (int) ((room.cells() - 1) * rng.nextDouble());
        given[g + KEY] = key;
        given[g + DOOR] = door < key ? door : door + 1;
    }

    @Override
    public void begin(double[] given, int g, double[] state, int s, RandomGenerator chance) {
        state[s + CELL] = room.start();
        state[s + FOUND] = 0;
    }

    @Override
    public void observe(double[] given, int g, double[] state, int s, double[] seen, int o) {
        room.show((int) state[s + CELL], seen, o);
    }

    /** The key, red until it is found, and the door are drawn though agents do not see them. */
    @Override
    public Optional<Frame> picture(double[] given, int g, double[] state, int s) {
        int cell = (int) state[s + CELL];
        Canvas canvas = room.mark(room.picture(cell), (int) given[g + DOOR], Canvas.GOAL, cell);
        if (state[s + FOUND] == 0) {
            room.mark(canvas, (int) given[g + KEY], Canvas.HARM, cell);
        }
        return Optional.of(canvas.frame());
    }

    @Override
    public double step(double[] given, int g, double[] state, int s, double[] action, int a, RandomGenerator chance) {
        int cell = room.moved((int) state[s + CELL], (int) action[a]);
        int found = (int) state[s + FOUND];
        state[s + CELL] = cell;
        if (found < 2 && cell == (int) given[g + found]) {
            state[s + FOUND] = found + 1;
            return 1;
        }
        return 0;
    }

    @Override
    public boolean terminated(double[] given, int g, double[] state, int s) {
        return false;
    }

    /** Cells without the key, with it, and after the door. */
    @Override
    public int states() {
        return 3 * room.cells();
    }

    @Override
    public int number(double[] state, int s) {
        return (int) state[s + CELL] + room.cells() * (int) state[s + FOUND];
    }

    @Override
    public double row(double[] given, int g, int from, int action, double[] moves, int m) {
        double[] state = {from % room.cells(), Math.floorDiv(from, room.cells())};
        double reward = step(given, g, state, 0, new double[] {action}, 0, null);
        moves[m + number(state, 0)] = 1;
        return reward;
    }
}
