package org.deutero.tasks.bandit;

import java.util.random.RandomGenerator;

/**
 * Gaussian bandits: an arm pays N(mean, deviation^2) with a mean of the task that is uniform in [0, 1) (Lee et al. 2023, Decision-Pretrained Transformer, arXiv 2306.14892: 5 arms, deviation 0.3, 500 rounds).
 *
 * @param arms of a bandit
 * @param deviation standard deviation of what an arm pays in a round
 */
public record GaussianArms(int arms, double deviation) implements ArmFamily {
    @Override
    public void draw(RandomGenerator rng, double[] means, double[] pays) {
        for (int a = 0; a < arms; a++) {
            means[a] = rng.nextDouble();
        }
        ArmFamily.inAllRounds(means, arms);
        ArmFamily.noisy(rng, deviation, means, pays);
    }
}
