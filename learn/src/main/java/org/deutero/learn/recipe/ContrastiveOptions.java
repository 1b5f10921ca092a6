package org.deutero.learn.recipe;

import java.util.Optional;
import org.deutero.learn.gradient.adjoint.Contrast;
import org.deutero.learn.gradient.adjoint.Contrastive;
import org.deutero.learn.gradient.adjoint.Nudging;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Schedule;
import org.deutero.tensor.optim.Sgd;

/** The keys of {@link Contrastive} in the {@code meta-gradient} section of a recipe. */
final class ContrastiveOptions {
    private ContrastiveOptions() {}

    private enum Descent {
        OWN,
        SGD,
        MOMENTUM,
        NESTEROV,
        ADAM
    }

    private enum Course {
        CONSTANT,
        LINEAR
    }

    static Contrastive of(Options o) {
        Contrast contrast = o.choice("contrast", Contrast.SYMMETRIC, "which phases are compared");
        double beta = o.positive("beta", 0.1, "strength of the nudging towards the outer loss");
        int steps = o.integer("nudged-steps", 50, 1, 1_000_000, "steps of every nudged phase");
        boolean rescaled = o.flag(
                "rescaled",
                false,
                "whether nudged phases descend (L + beta F)/(1 + beta), so that one rate serves every beta");
        try {
            return new Contrastive(contrast, beta, new Nudging(steps, rule(o, steps), rescaled));
        } catch (IllegalArgumentException e) {
            throw new OptionsException(o.path("beta") + ": " + e.getMessage());
        }
    }

    private static Optional<Nudging.Rule> rule(Options o, int steps) {
        Descent descent = o.choice(
                "nudged-optimizer",
                Descent.OWN,
                "rule of the nudged phases; own for the learner's update, begun afresh");
        return switch (descent) {
            case OWN -> Optional.empty();
            case SGD -> Optional.of(rule(o, steps, Sgd.PLAIN));
            case MOMENTUM -> Optional.of(rule(o, steps, new Sgd(momentum(o), false)));
            case NESTEROV -> Optional.of(rule(o, steps, new Sgd(momentum(o), true)));
            case ADAM -> Optional.of(rule(o, steps, Adam.DEFAULT));
        };
    }

    private static double momentum(Options o) {
        return o.number("nudged-momentum", 0.9, 0, 0.999999, "momentum of the nudged phases");
    }

    private static Nudging.Rule rule(Options o, int steps, Optimizer optimizer) {
        double rate = o.positive("nudged-rate", 0.01, "step size of the nudged phases");
        Course course = o.choice("nudged-schedule", Course.CONSTANT, "course of their rate; linear ends at zero");
        return new Nudging.Rule(
                optimizer, rate, course == Course.LINEAR ? Schedule.linear(steps, 0) : Schedule.CONSTANT);
    }
}
