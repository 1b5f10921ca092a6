package org.deutero.tasks.room;

import java.util.random.RandomGenerator;
import org.deutero.tasks.world.TabularDynamics;
import org.deutero.tasks.world.WorldShape;

/**
 * An agent in a {@link Room} that looks for cells which it does not see. A life's state is the cell of the agent and how much it has found in this episode; steps need no chance, and no episode is terminated.
 */
interface Search extends TabularDynamics {
    /** Where a state has the cell of the agent. */
    int CELL = 0;

    /** Where a state has how much has been found. */
    int FOUND = 1;

    /** Where the agent is. */
    Room room();

    /** Steps of an episode. */
    int horizon();

    @Override
    default WorldShape shape() {
        return room().shape(horizon());
    }

    @Override
    default int state() {
        return 2;
    }

    @Override
    default void begin(double[] given, int g, double[] state, int s, RandomGenerator chance) {
        state[s + CELL] = room().start();
        state[s + FOUND] = 0;
    }

    @Override
    default void observe(double[] given, int g, double[] state, int s, double[] seen, int o) {
        room().show((int) state[s + CELL], seen, o);
    }

    @Override
    default boolean terminated(double[] given, int g, double[] state, int s) {
        return false;
    }

    /** Cells, again for each number of things found. */
    @Override
    default int number(double[] state, int s) {
        return (int) state[s + CELL] + room().cells() * (int) state[s + FOUND];
    }

    @Override
    default double row(double[] given, int g, int from, int action, double[] moves, int m) {
        double[] state = {from % room().cells(), Math.floorDiv(from, room().cells())};
        double reward = step(given, g, state, 0, new double[] {action}, 0, null);
        moves[m + number(state, 0)] = 1;
        return reward;
    }
}
