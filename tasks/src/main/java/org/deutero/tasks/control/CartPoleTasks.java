package org.deutero.tasks.control;

import java.util.random.RandomGenerator;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Tensor;

/**
 * Lifetimes with a {@link CartPole}. A task is two lives side by side, which begin with every number uniform in [-0.05, 0.05).
 *
 * <p>A trial of one episode needs no chance, and no seed is drawn for it.
 *
 * @param horizon steps of an episode at most
 * @param polarity of the two lives
 * @param episodes of a trial
 */
public record CartPoleTasks(int horizon, Polarity polarity, int episodes) implements TaskSource<Worlds> {
    private static final int LIVES = 2;

    /** Which lives have their actions swapped. */
    public enum Polarity {
        /** None. */
        NORMAL,
        /** All. */
        SWAPPED,
        /** The second of every task. */
        BOTH
    }

    /** Refuses lives without a step. */
    public CartPoleTasks {
        if (horizon < 1 || episodes < 1) {
            throw new IllegalArgumentException(
                    "a life needs at least 1 step and 1 episode, not " + horizon + " and " + episodes);
        }
    }

    /** Trials of one episode. */
    public CartPoleTasks(int horizon, Polarity polarity) {
        this(horizon, polarity, 1);
    }

    @Override
    public Worlds sample(int tasks, RandomGenerator rng) {
        int features = CartPole.FEATURES;
        float[] start = new float[Math.multiplyExact(tasks, LIVES * features)];
        long[] seeds = new long[tasks];
        for (int life = 0; life < tasks * LIVES; life++) {
            for (int i = 0; i < features - 1; i++) {
                start[life * features + i] = (float) CartPole.drawn(rng);
            }
            boolean swapped = polarity == Polarity.SWAPPED || (polarity == Polarity.BOTH && life % LIVES == 1);
            start[(life + 1) * features - 1] = swapped ? -1 : 1;
            if (episodes > 1 && life % LIVES == 1) {
                seeds[life / LIVES] = rng.nextLong();
            }
        }
        CartPole world = new CartPole(Tensor.of(start, tasks, LIVES, features), horizon);
        return new Worlds(world, seeds, LIVES, episodes, Math.multiplyExact(horizon, episodes));
    }
}
