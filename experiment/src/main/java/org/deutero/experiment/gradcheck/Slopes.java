package org.deutero.experiment.gradcheck;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
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
    /**
     * Relative to the size of theta. Long ways meet the kinks of networks, short ones rounding; how many kinks there are, only the
     * loss itself can tell.
     */
    private static final double[] DISPLACEMENTS = {1e-5, 1e-6, 1e-7, 1e-8};

    /** Measures them; the instance must be in float64, or rounding is all that is seen. */
    static Slopes of(Instance<?> instance, int number) {
        Params theta = instance.theta();
        double size = theta.norm() / Math.sqrt((double) Math.max(1, theta.numel()));
        double unit = size > 0 ? size : 1;
        List<Params> directions = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            var rng = Seeds.generator(instance.seed(), "direction", i);
            Params direction = theta.map(t -> Tensors.normal(rng, DType.FLOAT64, t.shape()));
            values.add(settled(DoubleStream.of(DISPLACEMENTS)
                    .map(h -> slope(instance, direction, h * unit))
                    .toArray()));
            directions.add(direction);
        }
        return new Slopes(directions, values);
    }

    private static double slope(Instance<?> instance, Params direction, double h) {
        try (Scope s = Scope.open()) {
            double ahead = instance.loss(instance.theta().addScaled(direction, h));
            double behind = instance.loss(instance.theta().addScaled(direction, -h));
            return (ahead - behind) / (2 * h);
        }
    }

    /** Of slopes over shorter and shorter ways, the one that differs least from that before it. */
    private static double settled(double[] slopes) {
        int best = 1;
        for (int i = 2; i < slopes.length; i++) {
            if (Math.abs(slopes[i] - slopes[i - 1]) < Math.abs(slopes[best] - slopes[best - 1])) {
                best = i;
            }
        }
        return slopes[best];
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
