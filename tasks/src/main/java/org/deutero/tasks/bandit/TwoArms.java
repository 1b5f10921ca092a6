package org.deutero.tasks.bandit;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Families of two arms that pay 1 or 0, with probabilities that hang together (Wang et al. 2016, Learning to reinforcement learn, arXiv 1611.05763, section 3.1): what one arm pays tells of the other. Restless walks as in the reimplementation of A. Juliani.
 */
public enum TwoArms implements ArmFamily {
    /** Both probabilities are uniform in [0, 1). */
    INDEPENDENT {
        @Override
        void rates(RandomGenerator rng, double[] first, double[] second) {
            fill(first, rng.nextDouble());
            fill(second, rng.nextDouble());
        }
    },
    /** p of the first is uniform, the second pays with 1 - p. */
    UNIFORM {
        @Override
        void rates(RandomGenerator rng, double[] first, double[] second) {
            fill(first, rng.nextDouble());
            opposite(first, second);
        }
    },
    /** p is 0.1 or 0.9. */
    EASY {
        @Override
        void rates(RandomGenerator rng, double[] first, double[] second) {
            either(rng, 0.1, first, second);
        }
    },
    /** p is 0.25 or 0.75. */
    MEDIUM {
        @Override
        void rates(RandomGenerator rng, double[] first, double[] second) {
            either(rng, 0.25, first, second);
        }
    },
    /** p is 0.4 or 0.6. */
    HARD {
        @Override
        void rates(RandomGenerator rng, double[] first, double[] second) {
            either(rng, 0.4, first, second);
        }
    },
    /** p walks by steps that are uniform in (-v, v), v of the lifetime uniform in (0, 0.5), and the walk is stretched to [0, 1]. */
    RESTLESS {
        @Override
        void rates(RandomGenerator rng, double[] first, double[] second) {
            double most = FASTEST_WALK * rng.nextDouble();
            double at = 0;
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int t = 0; t < first.length; t++) {
                at += most * (2 * rng.nextDouble() - 1);
                first[t] = at;
                low = Math.min(low, at);
                high = Math.max(high, at);
            }
            for (int t = 0; t < first.length; t++) {
                first[t] = high > low ? (first[t] - low) / (high - low) : rng.nextDouble();
            }
            opposite(first, second);
        }
    };

    private static final double FASTEST_WALK = 0.5;

    /** Draws the probabilities of all rounds. */
    abstract void rates(RandomGenerator rng, double[] first, double[] second);

    private static void fill(double[] rates, double p) {
        Arrays.fill(rates, p);
    }

    private static void opposite(double[] first, double[] second) {
        for (int t = 0; t < first.length; t++) {
            second[t] = 1 - first[t];
        }
    }

    private static void either(RandomGenerator rng, double p, double[] first, double[] second) {
        fill(first, rng.nextBoolean() ? p : 1 - p);
        opposite(first, second);
    }

    @Override
    public int arms() {
        return 2;
    }

    @Override
    public void draw(RandomGenerator rng, double[] means, double[] pays) {
        double[] first = new double[means.length / 2];
        double[] second = new double[first.length];
        rates(rng, first, second);
        for (int t = 0; t < first.length; t++) {
            means[2 * t] = first[t];
            means[2 * t + 1] = second[t];
        }
        ArmFamily.coins(rng, means, pays);
    }
}
