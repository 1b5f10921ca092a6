package org.deutero.learn.evolution.cma;

import java.util.Optional;
import java.util.stream.DoubleStream;
import org.deutero.tensor.Scope;

/**
 * When a search has nothing left to find (tutorial, appendix B.3; defaults of pycma).
 *
 * @param steps called tolx: all standard deviations and all elements of the path are below
 * @param fitness called tolfun: the best of recent generations and all of the last one lie this close together
 * @param history called tolfunhist: the best of recent generations lie this close together
 * @param condition the highest condition number of the covariance matrix
 * @param divergence the largest standard deviation
 */
public record Termination(double steps, double fitness, double history, double condition, double divergence) {
    /** The usual tolerances. */
    public static final Termination DEFAULT = new Termination(1e-11, 1e-11, 1e-12, 1e14, 1e4);

    /** Why the search is over, or empty. */
    public Optional<String> of(CmaState state) {
        try (Scope s = Scope.open()) {
            double[] axes = state.sortedAxes();
            double longest = axes[axes.length - 1];
            if (!(state.sigma() * longest <= divergence)) {
                return Optional.of("CMA-ES diverges, its largest standard deviation is " + state.sigma() * longest);
            }
            double ratio = longest / axes[0];
            if (!(ratio * ratio <= condition)) {
                return Optional.of("the covariance matrix of CMA-ES has a condition number of " + ratio * ratio);
            }
            double deviation = Math.sqrt(largest(state.covariance().variances().doubles()));
            double path = largest(state.covariancePath().abs().doubles());
            if (state.sigma() * Math.max(deviation, path) < steps) {
                return Optional.of("the steps of CMA-ES are below " + steps);
            }
            double[] best = state.best().doubles();
            // Shorter histories have not seen enough.
            int whole = (int) (10 + Math.ceil(30.0 * state.mean().size(0) / state.population()));
            if (best.length < whole) {
                return Optional.empty();
            }
            double range = largest(best) - DoubleStream.of(best).min().orElseThrow();
            if (range < history || Math.max(range, state.range()) < fitness) {
                return Optional.of("the fitness of CMA-ES changes by no more than " + range);
            }
            return Optional.empty();
        }
    }

    private static double largest(double[] values) {
        return DoubleStream.of(values).max().orElseThrow();
    }
}
