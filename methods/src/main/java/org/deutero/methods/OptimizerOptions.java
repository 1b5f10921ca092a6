package org.deutero.methods;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.deutero.learn.recipe.NamedOptimizer;
import org.deutero.options.Options;
import org.deutero.options.Registry;
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

    private static final List<String> OWN = Stream.of(Rule.values())
            .map(rule -> rule.name().toLowerCase(Locale.ROOT))
            .toList();

    /**
     * The rule of the inner loop, differentiable: one of the library's own, or of an {@link InnerOptimizerProvider}. Moves tensors that lead with a task dimension.
     */
    public static Optimizer inner(Options o) {
        Registry<NamedOptimizer> others = Registry.of(
                "inner-optimizer",
                InnerOptimizerProvider.class,
                InnerOptimizerProvider::innerOptimizers,
                NamedOptimizer::name);
        List<String> names = new ArrayList<>(OWN);
        names.addAll(others.names());
        String name = o.choice("inner-optimizer", OWN.get(0), names, "rule of the inner loop");
        int own = OWN.indexOf(name);
        return own >= 0
                ? own(o, Rule.values()[own])
                : others.named(name).orElseThrow().reader().apply(o);
    }

    /** The rate of the inner loop: a step size, or for a rule with {@linkplain Optimizer#ownRate() a rate of its own} a factor. */
    public static double rate(Options o, double standard, String description) {
        return o.positive("inner-rate", inner(o).ownRate().orElse(standard), description);
    }

    private static Optimizer own(Options o, Rule rule) {
        return switch (rule) {
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
