package org.deutero.tasks.room;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.tasks.world.Canvas;
import org.deutero.tasks.world.Frame;

/**
 * A room with an invisible goal, the lifetime's own (Laskin et al. 2022, Algorithm Distillation, arXiv 2210.14215; Lee et al. 2023, Decision-Pretrained Transformer, arXiv 2306.14892): every step after which the agent is there pays 1, or only the first of an episode. No episode is terminated.
 *
 * @param room of the agent
 * @param goals cells among which the goal is drawn
 * @param once whether only arriving pays
 * @param horizon steps of an episode
 */
@SuppressWarnings("ArrayRecordComponent") // identity is enough: lifetimes that belong together are in the same room
public record DarkRoom(Room room, int[] goals, boolean once, int horizon) implements Search {

    /** Refuses rooms without a goal. */
    public DarkRoom {
        if (goals.length < 1 || horizon < 1) {
            throw new IllegalArgumentException(
                    "a room needs at least 1 goal and 1 step, not " + goals.length + " and " + horizon);
        }
    }

    /** The cell of the goal. */
    @Override
    public int given() {
        return 1;
    }

    @Override
    public void draw(RandomGenerator rng, double[] given, int g) {
        given[g] = goals[(int) (goals.length * rng.nextDouble())];
    }

    /** The goal is drawn though agents do not see it. */
    @Override
    public Optional<Frame> picture(double[] given, int g, double[] state, int s) {
        int cell = (int) state[s + CELL];
        return Optional.of(
                room.mark(room.picture(cell), (int) given[g], Canvas.GOAL, cell).frame());
    }

    @Override
    public double step(double[] given, int g, double[] state, int s, double[] action, int a, RandomGenerator chance) {
        int cell = room.moved((int) state[s + CELL], (int) action[a]);
        boolean there = cell == (int) given[g];
        boolean paid = there && !(once && state[s + FOUND] == 1);
        state[s + CELL] = cell;
        state[s + FOUND] = there ? 1 : state[s + FOUND];
        return paid ? 1 : 0;
    }

    /** Cells, twice if it matters whether the goal has been found. */
    @Override
    public int states() {
        return once ? 2 * room.cells() : room.cells();
    }

    @Override
    public int number(double[] state, int s) {
        return (int) state[s + CELL] + (once ? room.cells() * (int) state[s + FOUND] : 0);
    }
}
