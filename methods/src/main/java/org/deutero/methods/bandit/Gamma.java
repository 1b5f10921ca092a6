package org.deutero.methods.bandit;

import java.util.random.RandomGenerator;

/** Gamma distributed numbers of rate 1, by rejection (Marsaglia and Tsang 2000). */
final class Gamma {
    private Gamma() {}

    /**
     * A number.
     *
     * @param shape at least 1
     */
    static double draw(double shape, RandomGenerator rng) {
        if (!(shape >= 1)) {
            throw new IllegalArgumentException("the shape of a gamma distribution must be at least 1, not " + shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = rng.nextGaussian();
            double root = 1 + c * x;
            double v = root * root * root;
            if (v > 0 && Math.log(1 - rng.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
