package org.deutero.learn.evolution.cma;

import java.util.Arrays;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * Where a search stands. Immutable; tensors are float64.
 *
 * @param generation number of updates made
 * @param population candidates of a generation
 * @param mean m, [n]: what the search has found; on noisy functions much better than the best candidate ever seen, which was lucky
 * @param sigma the step size
 * @param covariance the shape of the distribution
 * @param sigmaPath p_sigma, [n]
 * @param covariancePath p_c, [n]
 * @param best fitness of the best candidate of recent generations, the newest last, [k]
 * @param range of the fitness of the last generation's candidates
 * @param slopes of recent generations: spread of the fitness over the variance of the candidates, by which leaving the bounds is punished, the newest last, [k]
 */
public record CmaState(
        long generation,
        int population,
        Tensor mean,
        double sigma,
        Covariance covariance,
        Tensor sigmaPath,
        Tensor covariancePath,
        Tensor best,
        double range,
        Tensor slopes) {
    private static final String COVARIANCE = "covariance";

    /** All of it as a tree, for a file. */
    public Params toParams() {
        return Params.builder()
                .put("generation", Tensor.of(new long[] {generation}, 1))
                .put("population", Tensor.of(new long[] {population}, 1))
                .put("mean", mean)
                .put("sigma", Tensor.of(new double[] {sigma}, 1))
                .put(COVARIANCE, covariance.toParams())
                .put("p_sigma", sigmaPath)
                .put("p_c", covariancePath)
                .put("best", best)
                .put("range", Tensor.of(new double[] {range}, 1))
                .put("slopes", slopes)
                .build();
    }

    /** The inverse of {@link #toParams()}. */
    public static CmaState of(Params tree) {
        return new CmaState(
                tree.get("generation").longs()[0],
                (int) tree.get("population").longs()[0],
                tree.get("mean"),
                tree.get("sigma").item(),
                Covariance.of(tree.child(COVARIANCE)),
                tree.get("p_sigma"),
                tree.get("p_c"),
                tree.get("best"),
                tree.get("range").item(),
                tree.get("slopes"));
    }

    /** The ratio of the longest to the shortest principal axis of the distribution. */
    public double axisRatio() {
        double[] axes = sortedAxes();
        return axes[axes.length - 1] / axes[0];
    }

    /** Standard deviations along the principal axes without the step size, ascending. */
    double[] sortedAxes() {
        try (Scope s = Scope.open()) {
            double[] axes = covariance.axes().doubles();
            Arrays.sort(axes);
            return axes;
        }
    }

    /** The covariance matrix [n, n], or its diagonal [n] where that is all there is; without the step size. */
    public Tensor shape() {
        return covariance instanceof FullCovariance full ? full.matrix() : covariance.variances();
    }

    /** Moves all tensors out of a scope. */
    public CmaState keep(Scope scope) {
        scope.keep(tensors());
        return this;
    }

    /** Releases all tensors, if the caller owns them. */
    public void close() {
        tensors().close();
    }

    private Params tensors() {
        return Params.builder()
                .put("mean", mean)
                .put(COVARIANCE, covariance.toParams())
                .put("p_sigma", sigmaPath)
                .put("p_c", covariancePath)
                .put("best", best)
                .put("slopes", slopes)
                .build();
    }
}
