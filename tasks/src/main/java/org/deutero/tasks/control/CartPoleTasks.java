package org.deutero.tasks.control;

import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Tensor;

/**
 * Lifetimes with a {@link CartPole}, whose lives begin with every number (m, m/s, radians, rad/s) uniform in [-0.05, 0.05).
 *
 * <p>A trial of one episode needs no chance, and no seed is drawn for it.
 *
 * @param horizon steps of an episode at most
 * @param polarity of the lives
 * @param copies lives of a lifetime, side by side; two as a rule, one of each polarity
 * @param episodes of a trial; 0 for episodes without end
 * @param steps of a lifetime at most
 */
public record CartPoleTasks(int horizon, Polarity polarity, int copies, int episodes, int steps)
        implements TaskSource<Worlds> {
    /** Which lives have their actions swapped. */
    public enum Polarity {
        /** None. */
        NORMAL,
        /** All. */
        SWAPPED,
        /** Every second one of a lifetime. */
        BOTH
    }

    /** Refuses lives without a step. */
    public CartPoleTasks {
        if (horizon < 1 || copies < 1 || episodes < 0 || steps < 1) {
            throw new IllegalArgumentException("a lifetime needs at least 1 step and 1 copy, not " + horizon + ", "
                    + copies + ", " + episodes + " and " + steps);
        }
    }

    /** Two lives for all the time that so many episodes may take. */
    public CartPoleTasks(int horizon, Polarity polarity, int episodes) {
        this(horizon, polarity, 2, episodes, ArraySize.of(horizon, episodes));
    }

    /** Trials of one episode. */
    public CartPoleTasks(int horizon, Polarity polarity) {
        this(horizon, polarity, 1);
    }

    @Override
    public Worlds sample(int tasks, RandomGenerator rng) {
        int features = CartPole.FEATURES;
        float[] start = new float[ArraySize.of(tasks, copies, features)];
        long[] seeds = new long[tasks];
        for (int life = 0; life < tasks * copies; life++) {
            for (int i = 0; i < features - 1; i++) {
                start[life * features + i] = (float) CartPole.drawn(rng);
            }
            boolean swapped = polarity == Polarity.SWAPPED || (polarity == Polarity.BOTH && life % copies % 2 == 1);
            start[(life + 1) * features - 1] = swapped ? -1 : 1;
            if (episodes != 1 && life % copies == copies - 1) {
                seeds[life / copies] = rng.nextLong();
            }
        }
        CartPole world = new CartPole(Tensor.of(start, tasks, copies, features), horizon);
        return new Worlds(world, seeds, copies, episodes, steps);
    }
}
