package org.deutero.learn.evolution.cma;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * The order of a generation's candidates.
 *
 * @param order their numbers from the best to the worst
 * @param best the lowest fitness
 * @param range of all fitness, infinite if one is not a finite number
 * @param slope spread of the fitness over the variance of the candidates; 0 without bounds
 */
@SuppressWarnings("ArrayRecordComponent") // plain numbers, compared by nobody
record Ranking(long[] order, double best, double range, double slope) {
    /**
     * Ranks by fitness plus penalty, then by distance from the bounds, and what is not finite last.
     *
     * @param x the candidates as they were drawn, [population, n]
     */
    static Ranking of(CmaState state, Bounds bounds, Tensor x, double[] fitness) {
        double[] finite =
                DoubleStream.of(fitness).filter(Double::isFinite).sorted().toArray();
        if (fitness.length != state.population() || finite.length == 0) {
            throw new IllegalArgumentException(
                    "a generation of " + state.population() + " needs as many fitnesses, one of"
                            + " which at least is a finite number, not " + Arrays.toString(fitness));
        }
        double[] excess = bounds.excess(x);
        double slope = bounds.isNone() ? 0 : slope(state, finite);
        double weight = bounds.isNone() ? 0 : penaltyWeight(state, slope);
        double[] penalised = IntStream.range(0, fitness.length)
                .mapToDouble(
                        i -> Double.isFinite(fitness[i]) ? fitness[i] + weight * excess[i] : Double.POSITIVE_INFINITY)
                .toArray();
        long[] order = IntStream.range(0, fitness.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> penalised[i]).thenComparingDouble(i -> excess[i]))
                .mapToLong(Integer::longValue)
                .toArray();
        double highest = DoubleStream.of(penalised).max().orElseThrow();
        double lowest = penalised[(int) order[0]];
        return new Ranking(order, lowest, highest - lowest, slope);
    }

    /** Interquartile range of the fitness over the mean variance of a coordinate. */
    private static double slope(CmaState state, double[] sorted) {
        try (Scope s = Scope.open()) {
            double spread = sorted[3 * (sorted.length - 1) / 4] - sorted[(sorted.length - 1) / 4];
            return spread
                    / (state.sigma()
                            * state.sigma()
                            * state.covariance().variances().mean().item());
        }
    }

    /** The median over recent generations, since a single one may be flat. */
    private static double penaltyWeight(CmaState state, double now) {
        double[] all = DoubleStream.concat(DoubleStream.of(state.slopes().doubles()), DoubleStream.of(now))
                .sorted()
                .toArray();
        return all[all.length / 2];
    }
}
