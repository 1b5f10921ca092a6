package org.deutero.app.report;

import java.util.Arrays;

/** Makes long noisy curves readable. */
final class Curves {
    private Curves() {}

    /** A centred running mean over a window of {@code share} of the curve, shorter at its start. */
    static double[] smooth(double[] y, double share) {
        int half = (int) Math.round(y.length * share / 2);
        double[] sums = new double[y.length + 1];
        int[] counts = new int[y.length + 1];
        for (int i = 0; i < y.length; i++) {
            boolean finite = Double.isFinite(y[i]);
            sums[i + 1] = sums[i] + (finite ? y[i] : 0);
            counts[i + 1] = counts[i] + (finite ? 1 : 0);
        }
        double[] smooth = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            int from = i - Math.min(half, i); // no longer than what follows, so that the steep start stays unbiased
            int to = Math.min(y.length, i + Math.min(half, i) + 1);
            int n = counts[to] - counts[from];
            smooth[i] = n == 0 ? Double.NaN : (sums[to] - sums[from]) / n;
        }
        return smooth;
    }

    /** Means of neighbouring values, so that at most {@code limit} remain. */
    static double[] thin(double[] values, int limit) {
        if (values.length <= limit) {
            return values;
        }
        double[] thin = new double[limit];
        for (int i = 0; i < limit; i++) {
            int from = (int) ((long) i * values.length / limit);
            int to = (int) ((long) (i + 1) * values.length / limit);
            thin[i] = Arrays.stream(values, from, to)
                    .filter(Double::isFinite)
                    .average()
                    .orElse(Double.NaN);
        }
        return thin;
    }
}
