package org.deutero.methods.arms;

import java.util.Arrays;

/**
 * Gittins indices of arms that pay 1 or 0 with a probability of unknown Beta(1, 1) (Gittins 1979): the certain pay for which one would retire from the arm, if later pay counts for less by a discount. Found by calibration: for each of many certain pays, the problem of when to retire is solved backwards from
 * arms so well known that their mean is their index.
 *
 * @param pulls largest number of pulls with an index of its own
 * @param index of an arm with s successes and f failures, [s * (pulls + 1) + f]
 */
@SuppressWarnings("ArrayRecordComponent") // identity is enough: nobody compares tables
record GittinsTable(int pulls, double[] index) {
    /** Certain pays tried, and the distance between them. */
    private static final int LEVELS = 400;
    /** Rounds to solve backwards from at most: work grows with their square, and these take about half a minute. */
    private static final int LONGEST = 10_000;

    /**
     * Computes a table.
     *
     * @param discount on pay that is one round later
     * @throws IllegalArgumentException if the table would take too long
     */
    static GittinsTable of(int pulls, double discount) {
        if (pulls < 1 || !(discount >= 0) || !(discount < 1)) {
            throw new IllegalArgumentException(
                    "a table needs at least 1 pull and a discount below 1, not " + pulls + " and " + discount);
        }
        int horizon = horizon(pulls, discount);
        double[] index = new double[(pulls + 1) * (pulls + 1)];
        Arrays.fill(index, Double.NaN);
        double[] before = new double[index.length];
        for (int level = 0; level <= LEVELS; level++) {
            solve(pulls, horizon, discount, level, before, index);
        }
        return new GittinsTable(pulls, index);
    }

    /** Rounds to solve backwards from: beyond them less than a thousandth of all pay is left. @throws IllegalArgumentException if they are too many */
    static int horizon(int pulls, double discount) {
        double horizon = pulls + Math.ceil(Math.log(1e-3) / Math.log(Math.max(discount, 1e-9)));
        if (horizon > LONGEST) {
            throw new IllegalArgumentException("indices of " + pulls + " pulls under a discount of " + discount
                    + " are solved backwards from round " + Math.round(horizon) + ", but at most " + LONGEST
                    + " are worked out: expected a smaller discount or fewer pulls");
        }
        return (int) horizon;
    }

    /** Advantages of going on over retiring with pay level / LEVELS; an index is where one turns negative. */
    private static void solve(int pulls, int horizon, double discount, int level, double[] before, double[] index) {
        double pay = level / (double) LEVELS;
        double retired = pay / (1 - discount);
        double[] next = new double[horizon + 2];
        for (int s = 0; s <= horizon; s++) {
            next[s] = Math.max(retired, (s + 1) / (horizon + 2.0) / (1 - discount));
        }
        for (int n = horizon - 1; n >= 0; n--) {
            for (int s = 0; s <= n; s++) {
                double p = (s + 1) / (n + 2.0);
                double on = p * (1 + discount * next[s + 1]) + (1 - p) * discount * next[s];
                next[s] = Math.max(retired, on);
                if (n <= pulls) {
                    int at = s * (pulls + 1) + n - s;
                    double gain = on - retired;
                    if (Double.isNaN(index[at]) && gain <= 0) {
                        double over = level == 0 ? 0 : before[at] / (before[at] - gain);
                        index[at] = level == 0 ? 0 : (level - 1 + over) / LEVELS;
                    }
                    before[at] = gain;
                }
            }
        }
    }
}
