package org.deutero.learn.evolution.cma;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * The (mu/mu_w, lambda)-CMA-ES (Hansen, arXiv 1604.00772), which minimises. Results are in the innermost open scope.
 *
 * <p>C^{-1/2} (x - m) / sigma is z by construction, so no inverse root is needed. The step size grows by a factor of e in a generation at most.
 *
 * @param sigma the step size at the start: about 0.3 of the range in which the solution is expected
 * @param active whether bad candidates shrink the distribution in their direction (tutorial, negative weights)
 * @param diagonal whether variances only are adapted, for n above a few hundred
 * @param bounds of every number
 */
public record CmaEs(double sigma, boolean active, boolean diagonal, Bounds bounds) {
    /** Checks the range. */
    public CmaEs {
        if (!(sigma > 0) || !Double.isFinite(sigma)) {
            throw new IllegalArgumentException("the step size must be above 0, not " + sigma);
        }
    }

    /** The usual one: active, all covariances, no bounds. */
    public static CmaEs of(double sigma) {
        return new CmaEs(sigma, true, false, Bounds.NONE);
    }

    /**
     * A search before its first generation.
     *
     * @param mean where to begin, [n]
     */
    public CmaState start(Tensor mean, int population) {
        if (population < 2) {
            throw new IllegalArgumentException("CMA-ES needs a population of at least 2, not " + population);
        }
        int n = (int) mean.size(0);
        Tensor zeros = Tensors.zeros(DType.FLOAT64, n);
        return new CmaState(
                0,
                population,
                bounds.repair(mean.to(DType.FLOAT64)).copy(),
                sigma,
                Covariance.identity(n, diagonal),
                zeros,
                zeros.copy(),
                Tensors.zeros(DType.FLOAT64, 0),
                Double.POSITIVE_INFINITY,
                Tensors.zeros(DType.FLOAT64, 0));
    }

    /** The next generation. */
    public Candidates ask(CmaState state, RandomGenerator rng) {
        return ask(
                state,
                Tensors.normal(
                        rng, DType.FLOAT64, state.population(), state.mean().size(0)));
    }

    /** The next generation from given standard normal numbers [population, n]. */
    public Candidates ask(CmaState state, Tensor z) {
        Tensor y = state.covariance().shape(z);
        Tensor x = state.mean().unsqueeze(0).addScaled(y, state.sigma());
        return new Candidates(z, y, x, bounds.repair(x));
    }

    /**
     * The state after a generation.
     *
     * @param fitness of {@link Candidates#feasible}, less is better; what is not a finite number ranks last
     * @throws IllegalArgumentException if no candidate has a finite fitness
     */
    public CmaState tell(CmaState state, Candidates candidates, double[] fitness) {
        try (Scope s = Scope.open()) {
            Ranking ranking = Ranking.of(state, bounds, candidates.x(), fitness);
            return new Generation(state, candidates, ranking, diagonal, active)
                    .after()
                    .keep(s);
        }
    }
}
