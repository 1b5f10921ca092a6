package org.deutero.methods.maml;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.deutero.learn.StepContext;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Rates;
import org.deutero.tensor.optim.Sgd;

/**
 * The rule of the inner loop.
 *
 * <p>Learned rates may turn negative, and then their weights climb, unless {@code lowestRate} says otherwise.
 *
 * @param optimizer gradient descent, with or without slots
 * @param rate step size; where learned rates start
 * @param granularity what has a rate of its own, and whether rates are meta-learned at all
 * @param highestRate if present, learned rates start uniform in [rate, highestRate)
 * @param lowestRate if present, learned rates count as at least this much
 * @param steps in meta-training
 * @param evaluationSteps when the learner is used; steps beyond those of meta-training have the rate of the last
 */
public record InnerLoop(
        Optimizer optimizer,
        double rate,
        Granularity granularity,
        OptionalDouble highestRate,
        OptionalDouble lowestRate,
        int steps,
        int evaluationSteps) {
    private static final String RATE = "rate";

    /** What has a rate of its own. */
    public enum Granularity {
        /** One rate for everything, which is not learned. */
        FIXED,
        /** Every weight: Meta-SGD (Li, Zhou, Chen, Li 2017, arXiv 1707.09835). */
        WEIGHT,
        /** Every tensor, the same in all steps. */
        TENSOR,
        /** Every tensor in every step: LSLR of MAML++ (Antoniou, Edwards, Storkey 2019, arXiv 1810.09502, section 4). */
        TENSOR_AND_STEP
    }

    /** A fixed rate. */
    public static InnerLoop of(Optimizer optimizer, double rate, int steps, int evaluationSteps) {
        return learned(optimizer, rate, Granularity.FIXED, steps, evaluationSteps);
    }

    /** Learned rates that all start at {@code rate}. */
    public static InnerLoop learned(
            Optimizer optimizer, double rate, Granularity granularity, int steps, int evaluationSteps) {
        return new InnerLoop(
                optimizer, rate, granularity, OptionalDouble.empty(), OptionalDouble.empty(), steps, evaluationSteps);
    }

    /**
     * Meta-parameters {@code rate.<parameter>}: of the shape of the adapted weight, or [1] for a rate a tensor, or [steps]; none if the rate
     * is fixed.
     */
    Params initRates(Params adapted, RandomGenerator rng) {
        if (granularity == Granularity.FIXED) {
            return Params.EMPTY;
        }
        return adapted.map(t -> {
                    long[] shape = shape(t);
                    return highestRate.isPresent()
                            ? Tensors.uniform(rng, rate, highestRate.getAsDouble(), t.dtype(), shape)
                            : Tensors.full(rate, t.dtype(), shape);
                })
                .under(RATE);
    }

    private long[] shape(Tensor weight) {
        return switch (granularity) {
            case TENSOR -> new long[] {1};
            case TENSOR_AND_STEP -> new long[] {Math.max(1, steps)};
            case FIXED, WEIGHT -> weight.shape();
        };
    }

    /**
     * The rates in force in a step.
     *
     * @param weights which they are for, [tasks, ...]
     */
    Rates rates(Params theta, Params weights, StepContext context) {
        return switch (granularity) {
            case FIXED -> Rates.constant(rate);
            case WEIGHT -> Rates.of(bounded(theta.child(RATE)));
            case TENSOR, TENSOR_AND_STEP ->
                Rates.of(PerStep.row(bounded(theta.child(RATE)), context.step(), context)
                        .zip(weights, InnerLoop::spread));
        };
    }

    /** The rate, if steps are plain gradient descent with the same constant for everything. */
    OptionalDouble plainRate() {
        return granularity == Granularity.FIXED && optimizer.equals(Sgd.PLAIN)
                ? OptionalDouble.of(rate)
                : OptionalDouble.empty();
    }

    /** The learned rates in force, by the name of what they move; none if the rate is fixed. */
    Params learned(Params theta) {
        return granularity == Granularity.FIXED ? Params.EMPTY : bounded(theta.child(RATE));
    }

    private Params bounded(Params rates) {
        return lowestRate.isPresent() ? rates.map(r -> r.clamp(lowestRate.getAsDouble(), Float.MAX_VALUE)) : rates;
    }

    /** A number, or one a task [tasks], in a shape that multiplies a weight [tasks, ...]. */
    private static Tensor spread(Tensor rate, Tensor weight) {
        if (rate.rank() == 0) {
            return rate;
        }
        long[] shape = new long[weight.rank()];
        Arrays.fill(shape, 1);
        shape[0] = -1;
        return rate.reshape(shape);
    }
}
