package org.deutero.learn.evolution.cma;

/**
 * The strategy's constants, functions of the dimension and the population alone (tutorial, table 1).
 *
 * @param weights of the candidates from the best to the worst: the first {@code parents} are positive and add up to 1, the others are negative, or
 *     0 without active adaptation
 * @param parents called mu
 * @param effective mu_eff, the variance effective selection mass
 * @param rankOne c_1, learning rate of the rank-one update
 * @param rankMu c_mu, learning rate of the rank-mu update
 * @param sigmaRate c_sigma, of the path that controls the step size
 * @param damping d_sigma
 * @param pathRate c_c, of the path of the rank-one update
 * @param normalLength chi_n, the expected length of a standard normal vector
 * @param interval generations between decompositions of the covariance matrix
 */
@SuppressWarnings("ArrayRecordComponent") // plain numbers, compared by nobody
public record CmaConstants(
        double[] weights,
        int parents,
        double effective,
        double rankOne,
        double rankMu,
        double sigmaRate,
        double damping,
        double pathRate,
        double normalLength,
        long interval) {
    /** Candidates of a generation if nothing is said: 4 + floor(3 ln n). */
    public static int population(long n) {
        return 4 + (int) (3 * Math.log((double) n));
    }

    /**
     * The constants of a search.
     *
     * @param active whether bad candidates count, too, with negative weights
     * @param diagonal whether the covariance matrix is diagonal, which can be learned faster by (n + 1.5) / 3 (Ros and Hansen 2008)
     */
    public static CmaConstants of(long n, int population, boolean active, boolean diagonal) {
        int mu = population / 2;
        double[] raw = new double[population];
        for (int i = 0; i < population; i++) {
            raw[i] = Math.log((population + 1) / 2.0) - Math.log(i + 1);
        }
        double effective = mass(raw, 0, mu);
        double faster = diagonal ? (n + 1.5) / 3 : 1;
        double c1 = Math.min(1, faster * 2 / (square(n + 1.3) + effective));
        double cmu = Math.min(1 - c1, faster * 2 * (effective - 2 + 1 / effective) / (square(n + 2.0) + effective));
        double negative = mass(raw, mu, population);
        double alpha = Math.min(
                Math.min(1 + c1 / cmu, 1 + 2 * negative / (effective + 2)), Math.max(0, 1 - c1 - cmu) / (n * cmu));
        double cs = (effective + 2) / (n + effective + 5);
        return new CmaConstants(
                scaled(raw, mu, active ? alpha : 0),
                mu,
                effective,
                c1,
                cmu,
                cs,
                1 + 2 * Math.max(0, Math.sqrt((effective - 1) / (n + 1)) - 1) + cs,
                (4 + effective / n) / (n + 4 + 2 * effective / n),
                Math.sqrt((double) n) * (1 - 1 / (4.0 * n) + 1 / (21.0 * n * n)),
                Math.max(1, (long) (1 / (10 * n * (c1 + cmu)))));
    }

    private static double[] scaled(double[] raw, int mu, double alpha) {
        double positive = sum(raw, 0, mu);
        double negative = -sum(raw, mu, raw.length);
        double[] weights = new double[raw.length];
        for (int i = 0; i < raw.length; i++) {
            weights[i] = i < mu ? raw[i] / positive : alpha * raw[i] / negative;
        }
        return weights;
    }

    private static double sum(double[] w, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += w[i];
        }
        return sum;
    }

    /** (sum w)^2 / sum w^2. */
    private static double mass(double[] w, int from, int to) {
        double squares = 0;
        for (int i = from; i < to; i++) {
            squares += square(w[i]);
        }
        return square(sum(w, from, to)) / squares;
    }

    private static double square(double x) {
        return x * x;
    }
}
