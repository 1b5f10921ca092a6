package org.deutero.tasks.world;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A world written for one life, on primitive arrays: a lifetime is given some numbers, a life has a state of some numbers. Each lies in a longer array from an offset on. Stateless; {@link ArrayWorld} steps all lives at once.
 */
public interface Dynamics {
    /** What agents are built for. */
    WorldShape shape();

    /** Numbers that a lifetime is given. */
    int given();

    /** Numbers of a life's state. */
    int state();

    /** Draws what a lifetime is given. */
    void draw(RandomGenerator rng, double[] given, int g);

    /** Begins an episode. */
    void begin(double[] given, int g, double[] state, int s, RandomGenerator chance);

    /** Writes what is seen. */
    void observe(double[] given, int g, double[] state, int s, double[] seen, int o);

    /**
     * One step of time, in place; how long it lasts is the world's to say.
     *
     * @param action the number of an action, or the numbers of a vector
     * @return the reward of this step
     */
    double step(double[] given, int g, double[] state, int s, double[] action, int a, RandomGenerator chance);

    /** Whether the state that a step has led to ends the episode. */
    boolean terminated(double[] given, int g, double[] state, int s);

    /** Steps of an episode at most in a lifetime: those of the shape, unless lifetimes differ. */
    default int limit(double[] given, int g) {
        return shape().limit();
    }

    /** A picture of a life for people, of worlds that can be drawn. */
    default Optional<Frame> picture(double[] given, int g, double[] state, int s) {
        return Optional.empty();
    }

    /** How many states there are for who looks at them, if what is seen is a unit vector of that many numbers, the number of the state; 0 if it is something else. */
    default int numberedStates() {
        return 0;
    }

    /** The number of a state, from 0, of worlds that number them. */
    default int number(double[] given, int g, double[] state, int s) {
        throw new IllegalStateException("states of this world have no numbers: what is seen is no unit vector");
    }
}
