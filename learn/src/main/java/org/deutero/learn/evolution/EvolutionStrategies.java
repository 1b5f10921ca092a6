package org.deutero.learn.evolution;

import org.deutero.learn.Lifetime;
import org.deutero.learn.evolution.Antithetic.Memory;
import org.deutero.learn.meta.Carry;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * Antithetic evolution strategies over whole lifetimes (Salimans, Ho, Chen, Sidor, Sutskever 2017, arXiv 1703.03864): the gradient of the
 * meta-loss smoothed by the perturbation, estimated by (F(theta + eps) - F(theta - eps)) / (2 std^2) eps.
 *
 * @param perturbation how theta is perturbed, every task by itself
 * @param unperturbed whether the losses reported are those of theta itself, which costs one more lifetime; otherwise they are the means of the
 *     perturbed ones, which differ from them by the order of std^2
 * @param comparison what of the two losses of a pair counts
 * @param largestDifference the most that the difference of a pair counts, of either sign; infinite for no limit
 */
public record EvolutionStrategies(
        Perturbation perturbation, boolean unperturbed, Comparison comparison, double largestDifference)
        implements MetaGradient {
    /** What of the two losses of a pair counts. */
    public enum Comparison {
        /** Their difference. */
        DIFFERENCE,
        /** Which is lower, and nothing else: every task has the same weight, whatever it pays (Jackson et al. 2024, arXiv 2402.05828). */
        SIGN;

        /** @param difference of the losses, [tasks] */
        Tensor of(Tensor difference) {
            return this == SIGN ? difference.sign() : difference;
        }
    }

    /** Refuses limits that let nothing through. */
    public EvolutionStrategies {
        if (!(largestDifference > 0)) {
            throw new IllegalArgumentException("a largest difference must be positive, not " + largestDifference);
        }
    }

    /** Differences of any size. */
    public EvolutionStrategies(Perturbation perturbation, boolean unperturbed, Comparison comparison) {
        this(perturbation, unperturbed, comparison, Double.POSITIVE_INFINITY);
    }

    /** Losses count by their difference. */
    public EvolutionStrategies(Perturbation perturbation, boolean unperturbed) {
        this(perturbation, unperturbed, Comparison.DIFFERENCE);
    }

    /** Reports the mean of the perturbed losses. */
    public EvolutionStrategies(int pairs, double std) {
        this(Perturbation.of(pairs, std), false);
    }

    @Override
    public String name() {
        return "es";
    }

    @Override
    public String describe() {
        return "evolution strategies over whole lifetimes, " + perturbation.population()
                + (comparison == Comparison.SIGN
                        ? ", by which loss of a pair is lower: a direction rather than a gradient, with noise of"
                                + " deviation "
                        : ": unbiased for the meta-loss smoothed by noise of deviation ")
                + perturbation.std()
                + "; variance grows with the number of meta-parameters";
    }

    @Override
    public String cost() {
        return "memory P + 3 M + a, time " + (2 * perturbation.pairs() + (unperturbed ? 1 : 0)) + " T c";
    }

    @Override
    public <T extends TaskBatch<T>> Estimate estimate(Lifetime<T> lifetime) {
        return estimate(lifetime, Noise.normal(perturbation.std()));
    }

    private Tensor counted(Tensor difference) {
        Tensor limited = largestDifference == Double.POSITIVE_INFINITY
                ? difference
                : difference.clamp(-largestDifference, largestDifference);
        return comparison.of(limited);
    }

    <T extends TaskBatch<T>> Estimate estimate(Lifetime<T> lifetime, Noise noise) {
        int steps = lifetime.steps();
        Antithetic pairs = new Antithetic(perturbation, Memory.TRUNCATED, noise, this::counted);
        if (!unperturbed) {
            return pairs.advance(lifetime, Carry.START, steps).estimate();
        }
        try (Scope s = Scope.open()) {
            Rollout own = Rollout.of(lifetime.detach(), Params.EMPTY, 0, steps, perturbation::bounded);
            Estimate estimate =
                    pairs.advance(lifetime.replay(), Carry.START, steps).estimate();
            return new Estimate(own.losses(), estimate.gradient()).keep(s);
        }
    }
}
