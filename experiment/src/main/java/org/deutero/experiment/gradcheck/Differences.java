package org.deutero.experiment.gradcheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

/**
 * Norms of derivatives of h(beta) at 0, by central differences between settled phases: h'' from h(b) - 2 h(0) + h(-b), h''' from how much (h(b) - h(-b))/(2b) changes between neighbouring b. Of all b
 * the one is taken whose result differs least from its neighbour's: long ways meet higher derivatives, short ones rounding.
 *
 * @param second norm of h''; NaN if there are too few settled phases
 * @param third norm of h'''
 */
record Differences(double second, double third) {
    /** From h at some strengths, those of both signs in pairs, and 0. */
    @SuppressWarnings("try") // the scope works by being open
    static Differences of(NavigableMap<Double, Params> h) {
        try (Scope s = Scope.open()) {
            List<Params> second = new ArrayList<>();
            List<Params> slopes = new ArrayList<>();
            List<Double> at = new ArrayList<>();
            for (Map.Entry<Double, Params> entry : h.tailMap(0.0, false).entrySet()) {
                double b = entry.getKey();
                Params behind = h.get(-b);
                if (behind != null) {
                    Params ahead = entry.getValue();
                    second.add(ahead.add(behind).addScaled(h.get(0.0), -2).mul(1 / (b * b)));
                    slopes.add(ahead.sub(behind).mul(0.5 / b));
                    at.add(b);
                }
            }
            List<Params> third = new ArrayList<>();
            for (int i = 1; i < slopes.size(); i++) {
                double squares = at.get(i) * at.get(i) - at.get(i - 1) * at.get(i - 1);
                third.add(slopes.get(i).sub(slopes.get(i - 1)).mul(6 / squares));
            }
            return new Differences(plateau(second), plateau(third));
        }
    }

    private static double plateau(List<Params> values) {
        double least = Double.POSITIVE_INFINITY;
        double best = Double.NaN;
        for (int i = 1; i < values.size(); i++) {
            double size = values.get(i).norm();
            double change = values.get(i).sub(values.get(i - 1)).norm() / size;
            if (change < least) {
                least = change;
                best = size;
            }
        }
        return best;
    }
}
