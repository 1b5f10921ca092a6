package org.deutero.tasks.world;

/** Dynamics that can be written down as tables. */
public interface TabularDynamics extends Dynamics {
    /** Number of states. */
    int states();

    /** The number of a state, from 0. */
    int number(double[] state, int s);

    /**
     * Writes what an action in a state leads to, as an expectation.
     *
     * @param from the number of the state
     * @param moves probabilities of next states, to be written from {@code m} on, one for each state; they are 0 before. What is missing to 1 ends the episode
     * @return the expected reward
     */
    double row(double[] given, int g, int from, int action, double[] moves, int m);
}
