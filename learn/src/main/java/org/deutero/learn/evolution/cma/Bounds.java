package org.deutero.learn.evolution.cma;

import org.deutero.tensor.Tensor;

/**
 * Limits on every number. Candidates outside are repaired to the nearest point inside before they are evaluated, and ranked with a penalty on the
 * squared distance between both (tutorial, appendix B.5); the distribution follows the candidates as they were drawn.
 *
 * @param low the least, may be minus infinity
 * @param high the most, may be infinity
 */
public record Bounds(double low, double high) {
    /** No limits. */
    public static final Bounds NONE = new Bounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** Checks the order. */
    public Bounds {
        if (!(low < high)) {
            throw new IllegalArgumentException(
                    "the lower bound must be below the upper one, not " + low + " and " + high);
        }
    }

    /** Whether there are no limits. */
    public boolean isNone() {
        return equals(NONE);
    }

    /** The nearest points inside, of any shape. */
    public Tensor repair(Tensor x) {
        return isNone() ? x : x.clamp(low, high);
    }

    /** Squared distances of points [k, n] from the nearest ones inside, [k]. */
    double[] excess(Tensor x) {
        return isNone()
                ? new double[(int) x.size(0)]
                : x.sub(repair(x)).square().sum(1).doubles();
    }
}
