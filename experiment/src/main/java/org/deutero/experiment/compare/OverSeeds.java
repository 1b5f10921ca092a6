package org.deutero.experiment.compare;

import java.util.Arrays;

/**
 * A mean over training seeds, which are few.
 *
 * @param mean of all
 * @param interval half-width of the 95 % interval by Student's t; NaN for a single seed
 */
public record OverSeeds(double mean, double interval) {
    /** 97.5 % quantiles of Student's t by degrees of freedom, from 1. */
    private static final double[] STUDENT = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228};

    /** Beyond what the table has, the interval is a little too wide. */
    public static OverSeeds of(double... seeds) {
        int n = seeds.length;
        double mean = Arrays.stream(seeds).average().orElse(Double.NaN);
        if (n < 2) {
            return new OverSeeds(mean, Double.NaN);
        }
        double squares = Arrays.stream(seeds).map(x -> (x - mean) * (x - mean)).sum();
        double quantile = STUDENT[Math.min(n - 1, STUDENT.length) - 1];
        return new OverSeeds(mean, quantile * Math.sqrt(squares / (n - 1) / n));
    }
}
