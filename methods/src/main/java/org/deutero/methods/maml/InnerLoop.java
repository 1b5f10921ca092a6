package org.deutero.methods.maml;

import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Rates;

/**
 * The rule of the inner loop.
 *
 * @param optimizer gradient descent, with or without slots
 * @param rate step size; where learned rates start
 * @param learned whether every weight has a rate of its own that is meta-learned (Meta-SGD; Li, Zhou, Chen, Li 2017)
 * @param highestRate if present, learned rates start uniform in [rate, highestRate)
 * @param steps in meta-training
 * @param evaluationSteps when the learner is used
 */
public record InnerLoop(
        Optimizer optimizer, double rate, boolean learned, OptionalDouble highestRate, int steps, int evaluationSteps) {
    private static final String RATE = "rate";

    /** A fixed rate. */
    public static InnerLoop of(Optimizer optimizer, double rate, int steps, int evaluationSteps) {
        return new InnerLoop(optimizer, rate, false, OptionalDouble.empty(), steps, evaluationSteps);
    }

    /** Meta-parameters {@code rate.<parameter>} of the shapes of the adapted weights; none if the rate is fixed. */
    Params initRates(Params adapted, RandomGenerator rng) {
        if (!learned) {
            return Params.EMPTY;
        }
        return adapted.map(t -> highestRate.isPresent()
                        ? Tensors.uniform(rng, rate, highestRate.getAsDouble(), t.dtype(), t.shape())
                        : Tensors.full(rate, t.dtype(), t.shape()))
                .under(RATE);
    }

    /** The rates in force. */
    Rates rates(Params theta) {
        return learned ? Rates.of(theta.child(RATE)) : Rates.constant(rate);
    }
}
