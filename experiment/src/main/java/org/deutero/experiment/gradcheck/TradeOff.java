package org.deutero.experiment.gradcheck;

import org.deutero.learn.gradient.Contrast;

/**
 * What theory expects of the error of a contrastive estimate by the strength of nudging: c beta^p + delta/beta + rho (Zucchet et al. 2022, arXiv 2104.01677, theorem on the estimation error). All are norms in
 * the space of theta, relative to that of the exact gradient.
 *
 * @param order p: 1 for a one-sided difference, 2 for the others
 * @param bias c, the first term of the difference's Taylor series: |h''|/2, |h'''|/6 (symmetric) or |h'''|/3 (forward); NaN if unknown
 * @param residual delta: the errors that phases without nudging leave in h, each times the weight of its phase. A bound: residues that are alike cancel in the difference
 * @param lag rho: what a nudged phase has not yet gone of the way that nudging makes longer, per unit of strength
 */
public record TradeOff(int order, double bias, double residual, double lag) {
    /**
     * From what was measured.
     *
     * @param second norm of h'' at 0
     * @param third norm of h''' at 0
     * @param free error of h after the free phase
     * @param relaxed the same after a phase of strength 0 that follows it
     * @param lag error that a nudged phase adds, divided by its strength
     */
    static TradeOff of(Contrast contrast, double second, double third, double free, double relaxed, double lag) {
        double residual = 0;
        double ways = 0;
        for (Contrast.Phase phase : contrast.phases(1)) {
            residual += Math.abs(phase.weight()) * (phase.strength() == 0 ? free : relaxed);
            ways += Math.abs(phase.weight() * phase.strength());
        }
        return switch (contrast) {
            case ONE_SIDED -> new TradeOff(1, second / 2, residual, ways * lag);
            case SYMMETRIC -> new TradeOff(2, third / 6, residual, ways * lag);
            case FORWARD_SECOND -> new TradeOff(2, third / 3, residual, ways * lag);
        };
    }

    /** The expected error. */
    public double at(double beta) {
        return bias * Math.pow(beta, order) + residual / beta + lag;
    }

    /** The strength of the least expected error: sqrt(delta/c), or (delta/2c)^(1/3). */
    public double best() {
        return Math.pow(residual / (order * bias), 1.0 / (order + 1));
    }
}
