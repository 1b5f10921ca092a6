package org.deutero.tasks.room;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.tasks.world.Canvas;
import org.deutero.tasks.world.Frame;

/**
 * A room with an invisible key and an invisible door, the lifetime's own (Laskin et al. 2022, Algorithm Distillation, arXiv 2210.14215): the first step onto the key pays 1, and the first onto the door after that. No episode is terminated, so its best return is 2.
 *
 * @param room of the agent, which does not see whether it has the key
 * @param horizon steps of an episode, 50 in print
 */
public record KeyToDoor(Room room, int horizon) implements Search {
    private static final int KEY = 0;
    private static final int DOOR = 1;

    /** Refuses rooms that are too small. */
    public KeyToDoor {
        if (room.cells() < 2 || horizon < 1) {
            throw new IllegalArgumentException(
                    "a key and a door need at least 2 cells and 1 step, not " + room.cells() + " and " + horizon);
        }
    }

    /** The cells of key and door. */
    @Override
    public int given() {
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

    /** Cells without the key, with it, and after the door. */
    @Override
    public int states() {
        return 3 * room.cells();
    }
}
