package org.deutero.tasks.world;

import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.TaskSource;

/**
 * Lifetimes in a world of primitive arrays.
 *
 * @param dynamics of the world
 * @param copies of every lifetime
 * @param episodes of a trial; 0 for episodes without end
 * @param steps of a lifetime at most
 */
public record Lifetimes(Dynamics dynamics, int copies, int episodes, int steps) implements TaskSource<Worlds> {
    /** Trials of so many episodes, with all the time that these may take. */
    public static Lifetimes trials(Dynamics dynamics, int copies, int episodes) {
        return new Lifetimes(
                dynamics,
                copies,
                episodes,
                ArraySize.of(episodes, dynamics.shape().limit()));
    }

    @Override
    public Worlds sample(int tasks, RandomGenerator rng) {
        double[] given = new double[ArraySize.of(tasks, dynamics.given())];
        long[] seeds = new long[tasks];
        for (int t = 0; t < tasks; t++) {
            dynamics.draw(rng, given, t * dynamics.given());
            seeds[t] = rng.nextLong();
        }
        return new Worlds(ArrayWorld.of(dynamics, tasks, given), seeds, copies, episodes, steps);
    }
}
