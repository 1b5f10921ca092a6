package org.deutero.learn.recipe;

import java.util.Optional;
import org.deutero.learn.meta.Descent;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.options.Registry;
import org.deutero.tensor.optim.Clip;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Schedule;

/** The {@code meta-optimizer} section of a recipe. */
public final class DescentOptions {
    private DescentOptions() {}

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
        double rate = o.positive(
                "rate",
                rule.ownRate().orElse(1e-3),
                "step size of the meta-parameters; of a learned rule, a factor on its steps");
        return new Descent(rule, rate, schedule(o, iterations), clip(o));
    }

    private static Optimizer rule(Options o) {
        Registry<NamedOptimizer> known = Registry.of(
                "meta-optimizer", MetaOptimizerProvider.class, MetaOptimizerProvider::optimizers, NamedOptimizer::name);
        String name = o.choice("name", "adam", known.names(), "rule by which meta-parameters move");
        return known.named(name).orElseThrow().reader().apply(o);
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
