package org.deutero.methods.policy;

import java.util.random.RandomGenerator;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.ArrayWorld;
import org.deutero.tasks.world.Dynamics;
import org.deutero.tasks.world.Lifetimes;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tasks.world.Worlds;

/** Two vectors of one number, each paid for by how near it is to the lifetime's goal; the second pays double, and an episode ends early where the first is far off. */
record Decision(Actions actions) implements Dynamics {
    static final int STEPS = 3;

    static Worlds worlds(int tasks, int copies) {
        double[] goals = new double[tasks];
        long[] seeds = new long[tasks];
        for (int i = 0; i < tasks; i++) {
            goals[i] = i % 2 == 0 ? 1 : -1;
            seeds[i] = i + 1;
        }
        return new Worlds(ArrayWorld.of(box(), tasks, goals), seeds, copies, 1, STEPS);
    }

    static Decision box() {
        return new Decision(new Actions.Box(1, 2));
    }

    static Lifetimes source(int copies) {
        return new Lifetimes(box(), copies, 1, STEPS);
    }

    @Override
    public WorldShape shape() {
        return new WorldShape(1, actions, STEPS);
    }

    @Override
    public int given() {
        return 1;
    }

    /** The time, and whether it is over. */
    @Override
    public int state() {
        return 2;
    }

    @Override
    public void draw(RandomGenerator rng, double[] given, int g) {
        given[g] = rng.nextBoolean() ? 1 : -1;
    }

    @Override
    public void begin(double[] given, int g, double[] state, int s, RandomGenerator chance) {
        state[s] = 0;
        state[s + 1] = 0;
    }

    @Override
    public void observe(double[] given, int g, double[] state, int s, double[] seen, int o) {
        seen[o] = 1 + state[s];
    }

    @Override
    public double step(double[] given, int g, double[] state, int s, double[] action, int a, RandomGenerator chance) {
        double reward = -(1 + state[s]) * Math.abs(action[a] - given[g]);
        state[s]++;
        state[s + 1] = Math.abs(action[a] - given[g]) > 2.5 ? 1 : 0;
        return reward;
    }

    @Override
    public boolean terminated(double[] given, int g, double[] state, int s) {
        return state[s + 1] > 0;
    }
}
