package org.deutero.methods;

import org.deutero.options.Options;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.RmsProp;
import org.deutero.tensor.optim.Sgd;

/** The inner optimiser in the {@code method} section of a recipe. */
public final class OptimizerOptions {
    private OptimizerOptions() {}

    private enum Rule {
        SGD,
        MOMENTUM,
        NESTEROV,
        ADAM,
        RMSPROP
    }

    /** The rule of the inner loop, differentiable. */
    public static Optimizer inner(Options o) {
        return switch (o.choice("inner-optimizer", Rule.SGD, "rule of the inner loop")) {
            case SGD -> Sgd.PLAIN;
            case MOMENTUM -> new Sgd(momentum(o), false);
            case NESTEROV -> new Sgd(momentum(o), true);
            case ADAM ->
                new Adam(
                        o.number("inner-beta1", 0.9, 0, 0.999999, "decay of the inner first moment"),
                        o.number("inner-beta2", 0.999, 0, 0.999999, "decay of the inner second moment"),
                        1e-8,
                        o.number(
                                "inner-epsilon-root",
                                1e-12,
                                0,
                                1,
                                "added inside the root, so that its slope stays finite"),
                        0);
            case RMSPROP ->
                new RmsProp(
                        o.number("inner-decay", 0.9, 0, 0.999999, "decay of the inner mean of squared gradients"),
                        o.positive("inner-epsilon", 1e-8, "added to that mean, inside the root"));
        };
    }

    /** The rule of updates that nothing is differentiated through, under {@code optimizer}. */
    public static Optimizer updates(Options o) {
        return switch (o.choice("optimizer", Rule.SGD, "rule of the updates, with the usual constants")) {
            case SGD -> Sgd.PLAIN;
            case MOMENTUM -> new Sgd(0.9, false);
            case NESTEROV -> new Sgd(0.9, true);
            case ADAM -> Adam.DEFAULT;
            case RMSPROP -> new RmsProp(0.9, 1e-8);
        };
    }

    private static double momentum(Options o) {
        return o.number("inner-momentum", 0.9, 0, 0.999999, "momentum of the inner loop");
    }
}
