package org.deutero.methods.bandit;

import java.util.random.RandomGenerator;

/**
 * Linear regression y = w'x + noise with the conjugate prior on weights and noise: sigma^2 ~ InverseGamma(a, b), w | sigma^2 ~ N(0, sigma^2 / precision I). Riquelme, Tucker, Snoek 2018 (arXiv 1802.09127).
 *
 * <p>After n observations: P = precision I + X'X, mu = P^-1 X'y, a_n = a + n/2, b_n = b + (y'y - mu'P mu)/2. The Cholesky factor of P is brought up to date by each observation, which costs
 * width^2 instead of width^3.
 */
final class BayesianRegression {
    private final int width;
    private final double precision;
    private final double shape;
    private final double rate;
    /** Lower, row by row: P = L L'. */
    private final double[][] factor;

    private final double[] products;
    private double squares;
    private int observations;
    private double[] mean;

    /**
     * Before any observation.
     *
     * @param width of x
     * @param precision of weights, relative to that of the noise
     * @param shape a
     * @param rate b
     */
    BayesianRegression(int width, double precision, double shape, double rate) {
        this.width = width;
        this.precision = precision;
        this.shape = shape;
        this.rate = rate;
        this.factor = new double[width][width];
        this.products = new double[width];
        for (int i = 0; i < width; i++) {
            factor[i][i] = Math.sqrt(precision);
        }
    }

    /** Takes an observation in. */
    void observe(double[] x, double y) {
        double[] v = x.clone();
        for (int k = 0; k < width; k++) {
            double diagonal = Math.hypot(factor[k][k], v[k]);
            double c = diagonal / factor[k][k];
            double s = v[k] / factor[k][k];
            factor[k][k] = diagonal;
            for (int i = k + 1; i < width; i++) {
                factor[i][k] = (factor[i][k] + s * v[i]) / c;
                v[i] = c * v[i] - s * factor[i][k];
            }
        }
        for (int i = 0; i < width; i++) {
            products[i] += x[i] * y;
        }
        squares += y * y;
        observations++;
        mean = null;
    }

    /**
     * Puts other observations in the place of all.
     *
     * @param gram X'X, [width * width]
     * @param xy X'y, [width]
     * @param yy y'y
     * @param n their number
     */
    void replace(double[] gram, double[] xy, double yy, int n) {
        for (int i = 0; i < width; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = gram[i * width + j] + (i == j ? precision : 0);
                for (int k = 0; k < j; k++) {
                    sum -= factor[i][k] * factor[j][k];
                }
                factor[i][j] = i == j ? Math.sqrt(sum) : sum / factor[j][j];
            }
        }
        System.arraycopy(xy, 0, products, 0, width);
        squares = yy;
        observations = n;
        mean = null;
    }

    /** mu, the mean of the weights. */
    double[] mean() {
        if (mean == null) {
            mean = backward(forward(products));
        }
        return mean.clone();
    }

    /** a_n. */
    double shape() {
        return shape + observations / 2.0;
    }

    /** b_n. */
    double rate() {
        double explained = 0;
        double[] mu = mean();
        for (int i = 0; i < width; i++) {
            explained += mu[i] * products[i];
        }
        return rate + Math.max(0, squares - explained) / 2;
    }

    /** P^-1 v. */
    double[] solve(double[] v) {
        return backward(forward(v));
    }

    /** Weights drawn from the posterior. */
    double[] draw(RandomGenerator rng) {
        double deviation = Math.sqrt(rate() / Gamma.draw(shape(), rng));
        double[] z = new double[width];
        for (int i = 0; i < width; i++) {
            z[i] = rng.nextGaussian();
        }
        double[] w = backward(z);
        double[] mu = mean();
        for (int i = 0; i < width; i++) {
            w[i] = mu[i] + deviation * w[i];
        }
        return w;
    }

    /** L^-1 v. */
    private double[] forward(double[] v) {
        double[] x = v.clone();
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < i; j++) {
                x[i] -= factor[i][j] * x[j];
            }
            x[i] /= factor[i][i];
        }
        return x;
    }

    /** L'^-1 v. */
    private double[] backward(double[] v) {
        double[] x = v.clone();
        for (int i = width - 1; i >= 0; i--) {
            x[i] /= factor[i][i];
            for (int j = 0; j < i; j++) {
                x[j] -= factor[i][j] * x[i];
            }
        }
        return x;
    }
}
