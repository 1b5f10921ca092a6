package org.deutero.tasks.control;

import java.util.random.RandomGenerator;

/** How something is to move forward (Finn, Abbeel, Levine 2017, MAML, arXiv 1703.03400, section 5.3.2): a lifetime's goal, and what it pays. */
public enum Aim {
    /** At a speed that is uniform in [0, 2) m/s; the reward falls by each m/s that is missing or too much. */
    VELOCITY {
        @Override
        public double draw(RandomGenerator rng) {
            return FASTEST * rng.nextDouble();
        }

        @Override
        double progress(double goal, double velocity) {
            return -Math.abs(velocity - goal);
        }
    },
    /** As fast as possible, 1 forwards or -1 backwards; each m/s pays 1. */
    DIRECTION {
        @Override
        public double draw(RandomGenerator rng) {
            return rng.nextBoolean() ? 1 : -1;
        }

        @Override
        double progress(double goal, double velocity) {
            return goal * velocity;
        }
    },
    /** Forwards as fast as possible, in all lifetimes; each m/s pays 1. */
    FORWARD {
        @Override
        public double draw(RandomGenerator rng) {
            return 1;
        }

        @Override
        double progress(double goal, double velocity) {
            return velocity;
        }
    };

    private static final double FASTEST = 2;
    private static final double COST = 0.05;

    /** Draws the goal of a lifetime: a speed in m/s, or a direction, 1 or -1. */
    public abstract double draw(RandomGenerator rng);

    abstract double progress(double goal, double velocity);

    /**
     * What a step pays, however long it lasts.
     *
     * @param goal of the lifetime
     * @param velocity forwards, after the step, in m/s
     * @param effort the sum of the squares of an action, of which a twentieth is the cost
     */
    public double reward(double goal, double velocity, double effort) {
        return progress(goal, velocity) - COST * effort;
    }
}
