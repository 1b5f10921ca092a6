package org.deutero.tasks.synthetic;

/**
 * A Gaussian process over one variable with mean 0 and covariance scale^2 exp(-(x - x')^2 / (2 length^2)), seen through independent normal noise.
 *
 * @param length over which values are alike
 * @param scale standard deviation of values
 * @param jitter standard deviation of the noise
 */
public record RadialKernel(double length, double scale, double jitter) {
    /** Refuses what is no covariance. */
    public RadialKernel {
        if (!(length > 0) || !(scale > 0) || !(jitter > 0)) {
            throw new IllegalArgumentException("length, scale and jitter of a kernel must be positive, not " + length
                    + ", " + scale + " and " + jitter);
        }
        if (!(scale * scale < Float.MAX_VALUE) || !(jitter * jitter < Float.MAX_VALUE) || jitter * jitter == 0) {
            throw new IllegalArgumentException("scale " + scale + " and jitter " + jitter
                    + " of a kernel are too far from 1: their squares must be positive numbers in single precision");
        }
    }

    /** Covariance of noiseless values. */
    double covariance(double a, double b) {
        double distance = (a - b) / length;
        return scale * scale * StrictMath.exp(-0.5 * distance * distance);
    }

    /** The factor of the covariance of noisy values. */
    Cholesky factor(double[] x) {
        double[][] covariance = new double[x.length][x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j <= i; j++) {
                covariance[i][j] = covariance(x[i], x[j]) + (i == j ? jitter * jitter : 0);
            }
        }
        return Cholesky.of(covariance);
    }

    /**
     * What is known of noisy values.
     *
     * @param mean of each
     * @param deviation standard deviation of each, noise included
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Posterior(double[] mean, double[] deviation) {}

    /**
     * The exact posterior of new noisy values at {@code query}, given noisy values {@code y} at {@code x} (Rasmussen and Williams 2006, algorithm 2.1): mean k'(K + jitter^2)^-1 y, variance scale^2 + jitter^2 -
     * k'(K + jitter^2)^-1 k.
     */
    public Posterior posterior(double[] x, double[] y, double[] query) {
        Cholesky factor = factor(x);
        double[] white = factor.forward(y);
        double[] mean = new double[query.length];
        double[] deviation = new double[query.length];
        for (int q = 0; q < query.length; q++) {
            double[] k = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                k[i] = covariance(x[i], query[q]);
            }
            double[] v = factor.forward(k);
            double explained = 0;
            for (int i = 0; i < x.length; i++) {
                mean[q] += v[i] * white[i];
                explained += v[i] * v[i];
            }
            deviation[q] = Math.sqrt(Math.max(0, scale * scale - explained) + jitter * jitter);
        }
        return new Posterior(mean, deviation);
    }
}
