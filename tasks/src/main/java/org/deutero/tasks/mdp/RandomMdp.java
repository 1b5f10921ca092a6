package org.deutero.tasks.mdp;

import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.world.Actions;
import org.deutero.tasks.world.TabularDynamics;
import org.deutero.tasks.world.WorldShape;

/**
 * Random tabular Markov decision processes (Duan et al. 2016, RL^2, arXiv 1611.02779, section 3.2): an action in a state pays N(R, 1) with R ~ N(1, 1) of the lifetime's own, and leads to a state drawn from Dirichlet(1, ..., 1). All episodes begin in
 * state 0; what is seen is the state as a unit vector. Whoever acts at random is expected to earn 1 a step.
 *
 * @param states S, 10 in print
 * @param choices A, 5 in print
 * @param horizon steps of an episode, 10 in print
 */
public record RandomMdp(int states, int choices, int horizon) implements TabularDynamics {
    /** Refuses empty processes, and those whose tables no array can hold. */
    public RandomMdp {
        if (states < 1 || choices < 1 || horizon < 1) {
            throw new IllegalArgumentException("a process needs at least 1 state, action and step, not " + states + ", "
                    + choices + " and " + horizon);
        }
        ArraySize.of(states, choices, 1 + (long) states);
    }

    @Override
    public WorldShape shape() {
        return new WorldShape(states, new Actions.Discrete(choices), horizon);
    }

    /** For each state and action: R, then the probabilities of the next states added up. */
    @Override
    public int given() {
        return states * choices * (1 + states);
    }

    @Override
    public int state() {
        return 1;
    }

    @Override
    public void draw(RandomGenerator rng, double[] given, int g) {
        for (int row = 0; row < states * choices; row++) {
            int at = g + row * (1 + states);
            given[at] = 1 + rng.nextGaussian();
            double sum = 0;
            for (int i = 1; i <= states; i++) {
                // Exponential numbers over their sum are Dirichlet(1, ..., 1).
                sum -= Math.log(1 - rng.nextDouble());
                given[at + i] = sum;
            }
            for (int i = 1; i <= states; i++) {
                given[at + i] /= sum;
            }
        }
    }

    @Override
    public void begin(double[] given, int g, double[] state, int s, RandomGenerator chance) {
        state[s] = 0;
    }

    @Override
    public void observe(double[] given, int g, double[] state, int s, double[] seen, int o) {
        for (int i = 0; i < states; i++) {
            seen[o + i] = i == (int) state[s] ? 1 : 0;
        }
    }

    @Override
    public double step(double[] given, int g, double[] state, int s, double[] action, int a, RandomGenerator chance) {
        int at = g + (((int) state[s]) * choices + (int) action[a]) * (1 + states);
        double u = chance.nextDouble();
        int next = 0;
        while (next < states - 1 && u >= given[at + 1 + next]) {
            next++;
        }
        state[s] = next;
        return given[at] + chance.nextGaussian();
    }

    @Override
    public boolean terminated(double[] given, int g, double[] state, int s) {
        return false;
    }

    @Override
    public int number(double[] state, int s) {
        return (int) state[s];
    }

    @Override
    public double row(double[] given, int g, int from, int action, double[] moves, int m) {
        int at = g + (from * choices + action) * (1 + states);
        double before = 0;
        for (int i = 0; i < states; i++) {
            moves[m + i] = given[at + 1 + i] - before;
            before = given[at + 1 + i];
        }
        return given[at];
    }

    @Override
    public int numberedStates() {
        return states;
    }

    @Override
    public int number(double[] given, int g, double[] state, int s) {
        return (int) state[s];
    }
}
