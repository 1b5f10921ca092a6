package org.deutero.experiment.gradcheck;

import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

/**
 * What was found about an estimator.
 *
 * @param entry which
 * @param ofRecipe whether it is the recipe's own
 * @param error of its gradient g against the exact g*, |g - g*| / |g*|
 * @param cosine of the angle between them
 * @param norm |g| / |g*|
 * @param slopeError largest error of the slopes that g predicts; see {@link Slopes#error}
 * @param cost time and memory
 */
public record Finding(
        Comparison.Entry entry,
        boolean ofRecipe,
        double error,
        double cosine,
        double norm,
        double slopeError,
        Cost cost) {

    static Finding of(
            Comparison.Entry entry, boolean ofRecipe, Params gradient, Params exact, Slopes slopes, Cost cost) {
        try (Scope s = Scope.open()) {
            double size = gradient.norm();
            double exactSize = exact.norm();
            double difference = gradient.sub(exact).norm();
            return new Finding(
                    entry,
                    ofRecipe,
                    difference == 0 ? 0 : difference / exactSize,
                    gradient.dot(exact).item() / (size * exactSize),
                    size / exactSize,
                    slopes.error(gradient),
                    cost);
        }
    }

    /** Whether an estimator that should be exact agrees with the exact gradient and with the slopes. */
    public boolean within(double tolerance) {
        return error <= tolerance && slopeError <= tolerance;
    }
}
