package org.deutero.learn.evolution.cma;

import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/** The shape of the distribution: a covariance matrix C, up to the step size. Immutable. */
sealed interface Covariance permits FullCovariance, DiagonalCovariance {
    /** Below this a variance counts as this much. */
    double LEAST = 1e-20;

    /** The identity. */
    static Covariance identity(int n, boolean diagonal) {
        return diagonal
                ? new DiagonalCovariance(Tensors.ones(DType.FLOAT64, n))
                : new FullCovariance(
                        Tensors.eye(n, DType.FLOAT64), Tensors.eye(n, DType.FLOAT64), Tensors.ones(DType.FLOAT64, n));
    }

    /** The inverse of {@link #toParams()}. */
    static Covariance of(Params tree) {
        return tree.has(FullCovariance.ROOT)
                ? new FullCovariance(
                        tree.get(FullCovariance.MATRIX), tree.get(FullCovariance.ROOT), tree.get(FullCovariance.AXES))
                : new DiagonalCovariance(tree.get(DiagonalCovariance.VARIANCES));
    }

    /** C^{1/2} z, with the symmetric root of the last decomposition, for each row of z [k, n]. */
    Tensor shape(Tensor z);

    /**
     * {@code keep} C + {@code rankOne} p p' + sum_i weights_i y_i y_i'.
     *
     * @param path p, [n]
     * @param weights [k]
     * @param y [k, n]
     */
    Covariance updated(double keep, double rankOne, Tensor path, Tensor weights, Tensor y);

    /** With a root that belongs to the present C. */
    Covariance decomposed();

    /** The diagonal of C, [n]. */
    Tensor variances();

    /** Standard deviations along the principal axes, as of the last decomposition, [n]. */
    Tensor axes();

    /** For a file. */
    Params toParams();
}
