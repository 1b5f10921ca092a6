package org.deutero.experiment.incontext;

import java.util.Arrays;

/** Rank correlation. */
final class Ranks {
    private Ranks() {}

    /** Spearman's: Pearson's correlation of ranks, equal values having the mean of theirs; NaN if all values of one are equal. */
    static double correlation(double[] x, double[] y) {
        double[] a = of(x);
        double[] b = of(y);
        double mean = (x.length + 1) / 2.0;
        double both = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < a.length; i++) {
            both += (a[i] - mean) * (b[i] - mean);
            first += (a[i] - mean) * (a[i] - mean);
            second += (b[i] - mean) * (b[i] - mean);
        }
        return both / Math.sqrt(first * second);
    }

    private static double[] of(double[] values) {
        return Arrays.stream(values)
                .map(v -> Arrays.stream(values).filter(w -> w < v).count()
                        + (Arrays.stream(values).filter(w -> w == v).count() + 1) / 2.0)
                .toArray();
    }
}
