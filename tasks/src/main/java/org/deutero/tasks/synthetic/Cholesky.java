package org.deutero.tasks.synthetic;

/**
 * The factor of a positive definite matrix, A = L L', in double precision and plain Java: the same bits on every machine.
 *
 * @param lower L, row by row, each row as long as its number
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Cholesky(double[][] lower) {
    /** Factorises the lower triangle of a matrix. @throws IllegalArgumentException if it is not positive definite */
    static Cholesky of(double[][] a) {
        int n = a.length;
        double[][] lower = new double[n][];
        for (int i = 0; i < n; i++) {
            lower[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= lower[i][k] * lower[j][k];
                }
                if (i == j && !(sum > 0)) {
                    throw new IllegalArgumentException("a covariance of " + n
                            + " points is not positive definite: expected more jitter or a shorter length");
                }
                lower[i][j] = i == j ? Math.sqrt(sum) : sum / lower[j][j];
            }
        }
        return new Cholesky(lower);
    }

    /** L v. */
    double[] times(double[] v) {
        double[] out = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j <= i; j++) {
                out[i] += lower[i][j] * v[j];
            }
        }
        return out;
    }

    /** L^-1 v. */
    double[] forward(double[] v) {
        double[] x = v.clone();
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < i; j++) {
                x[i] -= lower[i][j] * x[j];
            }
            x[i] /= lower[i][i];
        }
        return x;
    }
}
