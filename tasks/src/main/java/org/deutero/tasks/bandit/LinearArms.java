package org.deutero.tasks.bandit;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Linear bandits: an arm pays its features times the task's theta, with noise N(0, deviation^2); theta ~ N(0, I) / sqrt(d). The features of arms are those of all tasks, and never shown: an agent that is meta-trained knows them, so what one arm pays tells it of others (Lee et al. 2023, Decision-Pretrained Transformer,
 * arXiv 2306.14892: 10 arms, d = 2, deviation 0.3).
 *
 * @param features of each arm, [arms][d]
 * @param deviation standard deviation of what an arm pays in a round
 */
@SuppressWarnings("ArrayRecordComponent") // identity is enough: nobody compares families
public record LinearArms(double[][] features, double deviation) implements ArmFamily {
    /** Arms whose features are N(0, I) / sqrt(d), drawn once from a seed. */
    public static LinearArms drawn(int arms, int dimensions, double deviation, long seed) {
        SplittableRandom rng = new SplittableRandom(seed);
        double[][] features = new double[arms][];
        for (int a = 0; a < arms; a++) {
            features[a] = normal(rng, dimensions);
        }
        return new LinearArms(features, deviation);
    }

    private static double[] normal(RandomGenerator rng, int dimensions) {
        double[] x = new double[dimensions];
        for (int i = 0; i < dimensions; i++) {
            x[i] = rng.nextGaussian() / Math.sqrt(dimensions);
        }
        return x;
    }

    @Override
    public int arms() {
        return features.length;
    }

    @Override
    public void draw(RandomGenerator rng, double[] means, double[] pays) {
        double[] theta = normal(rng, features[0].length);
        for (int a = 0; a < features.length; a++) {
            means[a] = 0;
            for (int i = 0; i < theta.length; i++) {
                means[a] += features[a][i] * theta[i];
            }
        }
        ArmFamily.inAllRounds(means, features.length);
        ArmFamily.noisy(rng, deviation, means, pays);
    }
}
