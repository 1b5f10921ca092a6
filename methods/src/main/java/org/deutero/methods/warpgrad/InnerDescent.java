package org.deutero.methods.warpgrad;

import java.util.Arrays;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Gradient descent with momentum inside a task, v = mu v + g, w = w - alpha v, whose alpha and mu may be learned, one of each for every tensor of weights.
 *
 * <p>Meta-parameters {@code rate.<parameter>} and, if there is momentum, {@code momentum.<parameter>}, each []. As in the released code one below 0 counts as 1e-6, and becomes that after the update.
 *
 * @param rate alpha; where learned rates start
 * @param momentum mu; 0 for none, and where learned momenta start
 * @param learned whether both are learned
 */
public record InnerDescent(double rate, double momentum, boolean learned) {
    private static final String RATE = "rate";
    private static final String MOMENTUM = "momentum";
    private static final String VELOCITY = "velocity";
    private static final double LOWEST = 1e-6;

    /** Checks ranges. */
    public InnerDescent {
        if (!(rate > 0) || !(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("descent at rate " + rate + " with momentum " + momentum
                    + " is not possible: expected a rate above 0 and a momentum in [0, 1)");
        }
    }

    /** Whether a meta-parameter belongs to the descent rather than to a network. */
    static boolean owns(String metaParameter) {
        return metaParameter.startsWith(RATE + ".") || metaParameter.startsWith(MOMENTUM + ".");
    }

    private boolean hasMomentum() {
        return momentum > 0;
    }

    /** Learned rates and momenta before meta-training. */
    Params init(Params weights, DType dtype) {
        if (!learned) {
            return Params.EMPTY;
        }
        Params rates = weights.map(w -> Tensors.full(rate, dtype)).under(RATE);
        return hasMomentum()
                ? rates.with(weights.map(w -> Tensors.full(momentum, dtype)).under(MOMENTUM))
                : rates;
    }

    /** What is below 0 set to where it counts as being. */
    static Params project(Params theta) {
        return theta.with(theta.filter(InnerDescent::owns).map(InnerDescent::read));
    }

    private static Tensor read(Tensor number) {
        return Tensors.where(number.lt(0), Tensors.full(LOWEST, number.dtype()).to(number.device()), number);
    }

    /** The learned rates in force; empty if they are not learned. */
    Params rates(Params theta) {
        return theta.child(RATE).map(InnerDescent::read);
    }

    /** Slots before the first step. */
    Params slots(Params weights) {
        return hasMomentum() ? weights.zerosLike().under(VELOCITY) : Params.EMPTY;
    }

    /** Weights and slots after a step. */
    record Moved(Params weights, Params slots) {}

    /**
     * One step.
     *
     * @param theta meta-parameters, which rates may be among
     * @param gradient like the weights, [tasks, ...]
     */
    Moved step(Params theta, Params weights, Params slots, Params gradient) {
        Params velocity = gradient;
        if (hasMomentum()) {
            Params before = slots.child(VELOCITY);
            velocity = gradient.add(learned ? times(before, theta.child(MOMENTUM)) : before.mul(momentum));
        }
        Params moved = learned ? weights.sub(times(velocity, theta.child(RATE))) : weights.addScaled(velocity, -rate);
        return new Moved(moved, hasMomentum() ? velocity.under(VELOCITY) : Params.EMPTY);
    }

    /** Every tensor times its number, which is [] or, if tasks have their own, [tasks]. */
    private static Params times(Params tensors, Params numbers) {
        return tensors.zip(numbers.filter(tensors::has), (t, number) -> {
            Tensor factor = read(number);
            if (factor.rank() > 0) {
                long[] shape = new long[t.rank()];
                Arrays.fill(shape, 1);
                shape[0] = -1;
                factor = factor.reshape(shape);
            }
            return t.mul(factor);
        });
    }
}
