package org.deutero.tasks.control;

import java.util.random.RandomGenerator;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.Dynamics;
import org.deutero.tasks.world.WorldShape;

/**
 * A mass on a plane that is to move along the first coordinate as the lifetime wants it, which it must find out by its rewards: the tasks of MAML's half-cheetah without a body. Actions in [-1, 1]^2 are accelerations in m/s^2, steps last 0.1 s. What is seen is place in m and velocity in m/s; no episode is terminated.
 *
 * @param aim what is wanted
 * @param horizon steps of an episode
 */
public record PointMass(Aim aim, int horizon) implements Dynamics {
    private static final double SECONDS = 0.1;
    private static final int DIMENSIONS = 2;

    /** Refuses episodes without a step. */
    public PointMass {
        if (horizon < 1) {
            throw new IllegalArgumentException("an episode needs at least 1 step, not " + horizon);
        }
    }

    @Override
    public WorldShape shape() {
        return new WorldShape(2 * DIMENSIONS, new Actions.Box(DIMENSIONS, 1), horizon);
    }

    /** The goal, as {@link Aim} has it. */
    @Override
    public int given() {
        return 1;
    }

    /** Place in m and velocity in m/s, two coordinates each. */
    @Override
    public int state() {
        return 2 * DIMENSIONS;
    }

    @Override
    public void draw(RandomGenerator rng, double[] given, int g) {
        given[g] = aim.draw(rng);
    }

    @Override
    public void begin(double[] given, int g, double[] state, int s, RandomGenerator chance) {
        for (int i = 0; i < 2 * DIMENSIONS; i++) {
            state[s + i] = 0;
        }
    }

    @Override
    public void observe(double[] given, int g, double[] state, int s, double[] seen, int o) {
        System.arraycopy(state, s, seen, o, 2 * DIMENSIONS);
    }

    @Override
    public double step(double[] given, int g, double[] state, int s, double[] action, int a, RandomGenerator chance) {
        double effort = 0;
        for (int i = 0; i < DIMENSIONS; i++) {
            double pushed = Bounds.clip(action[a + i], 1);
            state[s + DIMENSIONS + i] += SECONDS * pushed;
            state[s + i] += SECONDS * state[s + DIMENSIONS + i];
            effort += pushed * pushed;
        }
        return aim.reward(given[g], state[s + DIMENSIONS], effort);
    }

    @Override
    public boolean terminated(double[] given, int g, double[] state, int s) {
        return false;
    }
}
