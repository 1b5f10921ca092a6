package org.deutero.learn.evolution;

import java.util.Optional;
import java.util.OptionalInt;
import org.deutero.learn.Learner;
import org.deutero.learn.MetaAlgorithm;
import org.deutero.learn.MetaGradient;
import org.deutero.learn.MetaOptimizer;
import org.deutero.learn.MetaRule;
import org.deutero.learn.Predictor;
import org.deutero.learn.evolution.cma.Bounds;
import org.deutero.learn.evolution.cma.CmaConstants;
import org.deutero.learn.evolution.cma.CmaEs;
import org.deutero.tasks.TaskBatch;

/**
 * CMA-ES in place of gradient and meta-optimiser (Hansen, arXiv 1604.00772): for rules of up to a hundred numbers or so, whatever the horizon and
 * however little differentiable the inner loop. See {@link CmaEs}.
 *
 * @param population candidates of a generation, 4 + floor(3 ln n) if absent; 24 to 80 for noisy fitness
 * @param sigma the step size at the start: about 0.3 of the range in which meta-parameters are expected
 * @param active whether bad candidates count, too
 * @param shape which covariances are adapted
 * @param restarts how often to begin again, with a doubled population, when there is nothing left to find
 * @param bounds of every meta-parameter
 * @param fitness what candidates are judged by
 * @param chunk candidates evaluated in one batch, half of the population if absent
 */
public record CovarianceMatrixAdaptation(
        OptionalInt population,
        double sigma,
        boolean active,
        Shape shape,
        int restarts,
        Bounds bounds,
        Fitness fitness,
        OptionalInt chunk)
        implements MetaRule {
    /** Above this many numbers a full matrix costs more than it gives. */
    private static final int MANY = 300;

    /** Which covariances are adapted. */
    public enum Shape {
        /** All of them up to 300 meta-parameters, variances only above. */
        AUTO,
        /** All of them. */
        FULL,
        /** Variances only. */
        SEPARABLE
    }

    @Override
    public String name() {
        return "cma-es";
    }

    @Override
    public String describe() {
        return "CMA-ES with a step size of " + sigma
                + " at the start: no gradient, the mean of a normal distribution that follows the order of "
                + "its candidates by " + (fitness == Fitness.LOSS ? "meta-loss" : "accuracy")
                + "; evaluations grow with the square of the number of meta-parameters";
    }

    @Override
    public String cost() {
        return "memory 3 M^2 + a chunk of candidates times (P + M + a), time T c a candidate; no gradients";
    }

    /** There is no gradient. */
    @Override
    public Optional<MetaGradient> estimator() {
        return Optional.empty();
    }

    @Override
    public Optional<String> misfit(Learner<?> learner) {
        return fitness.misfit(learner);
    }

    @Override
    public <T extends TaskBatch<T>> MetaAlgorithm<T> algorithm(Predictor<T> learner, MetaOptimizer optimizer) {
        require(learner);
        return new PopulationAlgorithm<>(name(), learner, new CmaSearch(this, learner::metaParameters), fitness, chunk);
    }

    int population(long n) {
        return population.orElse(CmaConstants.population(n));
    }

    CmaEs strategy(long n) {
        boolean diagonal = shape == Shape.SEPARABLE || (shape == Shape.AUTO && n > MANY);
        return new CmaEs(sigma, active, diagonal, bounds);
    }
}
