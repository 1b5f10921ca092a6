package org.deutero.methods.arms;

import java.util.random.RandomGenerator;

/** Gamma numbers in a time that does not depend on their shape (Marsaglia and Tsang 2000, A simple method for generating gamma variables). */
final class GammaDraw {
    private GammaDraw() {}

    /**
     * A number from Gamma(shape, 1).
     *
     * @param shape at least 1
     */
    static double of(double shape, RandomGenerator rng) {
        double d = shape - 1 / 3.0;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = rng.nextGaussian();
            double root = 1 + c * x;
            double v = root * root * root;
            if (v > 0 && Math.log(1 - rng.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
