package org.deutero.learn.recipe;

import java.util.Optional;
import org.deutero.learn.meta.Descent;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tensor.optim.Adam;
import org.deutero.tensor.optim.Clip;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Schedule;
import org.deutero.tensor.optim.Sgd;

/** The {@code meta-optimizer} section of a recipe. */
public final class DescentOptions {
    private DescentOptions() {}

    private enum Rule {
        ADAM,
        ADAMW,
        SGD
    }

    private enum Course {
        CONSTANT,
        STEP,
        COSINE,
        LINEAR
    }

    /**
     * The optimiser that a recipe describes.
     *
     * @param iterations over which schedules run
     */
    public static Descent of(Options o, long iterations) {
        Optimizer rule = rule(o);
        double rate = o.positive("rate", 1e-3, "step size of the meta-parameters");
        return new Descent(rule, rate, schedule(o, iterations), clip(o));
    }

    private static Optimizer rule(Options o) {
        Rule name = o.choice("name", Rule.ADAM, "rule by which meta-parameters move");
        if (name == Rule.SGD) {
            return new Sgd(
                    o.number("momentum", 0, 0, 0.999999, "momentum"),
                    o.flag("nesterov", false, "whether momentum looks ahead"));
        }
        return new Adam(
                o.number("beta1", 0.9, 0, 0.999999, "decay of the first moment"),
                o.number("beta2", 0.999, 0, 0.999999, "decay of the second moment"),
                o.number("epsilon", 1e-8, 0, 1, "added to the root of the second moment"),
                0,
                name == Rule.ADAMW ? o.number("decay", 0.01, 0, 10, "decoupled weight decay") : 0);
    }

    private static Schedule schedule(Options o, long iterations) {
        return switch (o.choice("schedule", Course.CONSTANT, "course of the rate")) {
            case CONSTANT -> Schedule.CONSTANT;
            case STEP ->
                Schedule.stepDecay(
                        o.number("schedule-factor", 0.5, 0, 1, "factor after every interval"),
                        o.integer("schedule-interval", 2000, 1, Integer.MAX_VALUE, "iterations between factors"),
                        floor(o));
            case COSINE -> Schedule.cosine(iterations, floor(o));
            case LINEAR -> Schedule.linear(iterations, floor(o));
        };
    }

    private static double floor(Options o) {
        return o.number("schedule-floor", 0, 0, 1, "share of the rate that is left at the end");
    }

    private static Clip clip(Options o) {
        Optional<Double> norm = o.optionalNumber("clip-norm", 0, 1e12, "largest norm of the meta-gradient");
        Optional<Double> value = o.optionalNumber("clip-value", 0, 1e12, "largest element of the meta-gradient");
        if (norm.isPresent() && value.isPresent()) {
            throw new OptionsException(o.path("clip-norm") + " and " + o.path("clip-value") + " exclude each other");
        }
        return norm.<Clip>map(Clip.ByNorm::new)
                .or(() -> value.map(Clip.ByValue::new))
                .orElse(Clip.NONE);
    }
}
