package org.deutero.tasks.bandit;

import java.util.random.RandomGenerator;

/** A family of bandits: what its arms are expected to pay in each round, and what they do pay. */
public interface ArmFamily {
    /** Arms of a bandit. */
    int arms();

    /**
     * Draws a bandit.
     *
     * @param means what arms are expected to pay, [rounds * arms], to be written
     * @param pays what they do pay, [rounds * arms], to be written
     */
    void draw(RandomGenerator rng, double[] means, double[] pays);

    /** What arms pay that pay 1 with probabilities {@code rates} and 0 otherwise. */
    static void coins(RandomGenerator rng, double[] rates, double[] pays) {
        for (int i = 0; i < rates.length; i++) {
            pays[i] = rng.nextDouble() < rates[i] ? 1 : 0;
        }
    }

    /** What arms pay that pay {@code means} and normal noise. */
    static void noisy(RandomGenerator rng, double deviation, double[] means, double[] pays) {
        for (int i = 0; i < means.length; i++) {
            pays[i] = means[i] + deviation * rng.nextGaussian();
        }
    }

    /** Has the first round's means, at the front of the array, in all rounds. */
    static void inAllRounds(double[] means, int arms) {
        for (int i = arms; i < means.length; i++) {
            means[i] = means[i - arms];
        }
    }
}
