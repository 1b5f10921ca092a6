package org.deutero.learn.gradient;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.deutero.learn.MetaRule;
import org.deutero.learn.evolution.CovarianceMatrixAdaptation;
import org.deutero.learn.evolution.Fitness;
import org.deutero.learn.evolution.OpenAiEvolution;
import org.deutero.learn.evolution.Shaping;
import org.deutero.learn.evolution.cma.Bounds;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;

/** The {@code meta-gradient} section of a recipe for searches with one population for all tasks. */
public final class PopulationOptions {
    /** Names of these searches. */
    public static final List<String> NAMES = List.of("openai-es", "cma-es");

    private PopulationOptions() {}

    /**
     * The search of this name.
     *
     * @throws IllegalArgumentException if the name is not one of {@link #NAMES}
     */
    public static MetaRule of(Options o, String name) {
        return switch (name) {
            case "openai-es" -> evolution(o);
            case "cma-es" -> adaptation(o);
            default -> throw new IllegalArgumentException("there is no search " + name + " among " + NAMES);
        };
    }

    private static MetaRule evolution(Options o) {
        return new OpenAiEvolution(
                EvolutionOptions.perturbation(o, 32, 0.02, "mirrored perturbations, shared by all tasks"),
                o.number("std-decay", 1, 0, 1, "factor on std after every update"),
                o.number("std-floor", 0, 0, 1e12, "the least that std decays to"),
                o.choice("shaping", Shaping.RAW, "how fitness is made into weights of perturbations"),
                o.flag("per-std", true, "whether the estimate is divided by std, as a gradient is"),
                o.number("weight-decay", 0, 0, 1e6, "times the meta-parameters is added to the estimate"),
                o.number("penalty", 0, 0, 1e12, "times a candidate's mean square is added to its fitness"),
                fitness(o),
                chunk(o));
    }

    private static MetaRule adaptation(Options o) {
        return new CovarianceMatrixAdaptation(
                optional(o.optionalInteger(
                        "population", 2, 1_000_000, "candidates of a generation; 4 + 3 ln(meta-parameters) if absent")),
                o.positive("sigma", 0.3, "step size at the start, about 0.3 of the range of meta-parameters"),
                o.flag("active", true, "whether bad candidates count, too, with negative weights"),
                o.choice("covariance", CovarianceMatrixAdaptation.Shape.AUTO, "which covariances are adapted"),
                o.integer("restarts", 0, 0, 1000, "restarts with a doubled population when a search has converged"),
                bounds(o),
                fitness(o),
                chunk(o));
    }

    private static Bounds bounds(Options o) {
        double low = o.optionalNumber("low", -1e30, 1e30, "the least that a meta-parameter may be")
                .orElse(Double.NEGATIVE_INFINITY);
        double high = o.optionalNumber("high", -1e30, 1e30, "the most that a meta-parameter may be")
                .orElse(Double.POSITIVE_INFINITY);
        if (low >= high) {
            throw new OptionsException(
                    o.path("low") + " is " + low + " and " + o.path("high") + " is " + high + ", but it must be above");
        }
        return new Bounds(low, high);
    }

    private static Fitness fitness(Options o) {
        return o.choice("fitness", Fitness.LOSS, "what candidates are judged by: meta-loss or query accuracy");
    }

    private static OptionalInt chunk(Options o) {
        return optional(
                o.optionalInteger(
                        "chunk",
                        1,
                        1_000_000,
                        "candidates evaluated in one batch by one worker, half of the population if absent; part of the experiment"));
    }

    private static OptionalInt optional(Optional<Integer> value) {
        return value.map(OptionalInt::of).orElse(OptionalInt.empty());
    }
}
