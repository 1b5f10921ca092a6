package org.deutero.app.gradcheck;

import java.util.ArrayList;
import java.util.List;
import org.deutero.learn.Seeds;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensors;

/**
 * Slopes of the meta-loss along random directions, by central differences of the whole inner loop: what a gradient must
 * agree with, whoever computed it.
 *
 * @param directions standard normal, trees like theta
 * @param values slope along each
 */
record Slopes(List<Params> directions, List<Double> values) {
    /** Relative to the size of theta. Small, since the loss of a network with kinks is not smooth over longer ways. */
    private static final double DISPLACEMENT = 1e-5;

    /** Measures them; the instance must be in float64, or rounding is all that is seen. */
    static Slopes of(Instance instance, int number) {
        Params theta = instance.theta();
        double size = theta.norm() / Math.sqrt(Math.max(1, theta.numel()));
        double h = DISPLACEMENT * (size > 0 ? size : 1);
        List<Params> directions = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            var rng = Seeds.generator(instance.seed(), "direction", i);
            Params direction = theta.map(t -> Tensors.normal(rng, DType.FLOAT64, t.shape()));
            try (Scope s = Scope.open()) {
                double ahead = instance.loss(theta.addScaled(direction, h));
                double behind = instance.loss(theta.addScaled(direction, -h));
                values.add((ahead - behind) / (2 * h));
            }
            directions.add(direction);
        }
        return new Slopes(directions, values);
    }

    /**
     * The largest difference between a slope and what a float64 gradient makes of it, relative to the slopes' root mean
     * square: a single slope may be near zero by chance.
     */
    double error(Params gradient) {
        double squares = 0;
        double largest = 0;
        for (int i = 0; i < values.size(); i++) {
            double slope = values.get(i);
            try (Scope s = Scope.open()) {
                double difference = Math.abs(gradient.dot(directions.get(i)).item() - slope);
                largest = Double.isNaN(difference) ? Double.NaN : Math.max(largest, difference);
            }
            squares += slope * slope;
        }
        return largest == 0 ? 0 : largest / Math.sqrt(squares / values.size());
    }
}
