package org.deutero.learn.evolution.cma;

import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * Variances only: sep-CMA-ES (Ros and Hansen 2008), linear in the dimension.
 *
 * @param variances [n]
 */
record DiagonalCovariance(Tensor variances) implements Covariance {
    static final String VARIANCES = "variances";

    @Override
    public Tensor shape(Tensor z) {
        return z.mul(axes());
    }

    @Override
    public Covariance updated(double keep, double rankOne, Tensor path, Tensor weights, Tensor y) {
        Tensor mu = y.square().mul(weights.unsqueeze(1)).sum(0);
        return new DiagonalCovariance(
                variances.mul(keep).addScaled(path.square(), rankOne).add(mu));
    }

    @Override
    public Covariance decomposed() {
        return new DiagonalCovariance(variances.clamp(LEAST, Double.POSITIVE_INFINITY));
    }

    @Override
    public Tensor axes() {
        return variances.sqrt();
    }

    @Override
    public Params toParams() {
        return Params.of(VARIANCES, variances);
    }
}
