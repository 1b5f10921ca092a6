package org.deutero.tasks.bandit;

import java.util.random.RandomGenerator;

/** A contextual bandit with normally distributed rewards. Immutable: chance comes from the generators handed in. */
public interface ContextualBandit {
    /** The number of features of a context. */
    int features();

    /** The number of arms. */
    int arms();

    /** A context, [features]. */
    double[] context(RandomGenerator rng);

    /** The expected reward of an arm. */
    double mean(double[] context, int arm);

    /** The standard deviation of an arm's reward. */
    double deviation(double[] context, int arm);

    /** The expected regret of a round in which the arm is drawn uniformly, over contexts. */
    double uniformRegret();

    /**
     * The reward of an arm.
     *
     * @param z a standard normal number, so that policies can be compared under the same noise
     */
    default double reward(double[] context, int arm, double z) {
        return mean(context, arm) + deviation(context, arm) * z;
    }

    /** What pulling an arm costs in expectation, against the best arm of the context; not negative. */
    default double regret(double[] context, int arm) {
        double best = Double.NEGATIVE_INFINITY;
        for (int a = 0; a < arms(); a++) {
            best = Math.max(best, mean(context, a));
        }
        return best - mean(context, arm);
    }
}
