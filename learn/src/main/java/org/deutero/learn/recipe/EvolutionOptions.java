package org.deutero.learn.recipe;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.deutero.learn.evolution.EvolutionStrategies;
import org.deutero.learn.evolution.PersistentEvolution;
import org.deutero.learn.evolution.Perturbation;
import org.deutero.learn.evolution.TruncatedEvolution;
import org.deutero.learn.gradient.TruncatedBackpropagation;
import org.deutero.learn.meta.GradientRule;
import org.deutero.learn.meta.LevelReplay;
import org.deutero.learn.meta.MetaRule;
import org.deutero.learn.meta.PerWindow;
import org.deutero.learn.meta.WindowedGradient;
import org.deutero.options.Options;
import org.deutero.tensor.optim.ClipPerTask;

/** The {@code meta-gradient} section of a recipe for estimators that work by perturbation or by windows. */
public final class EvolutionOptions {
    /** Names of these estimators. */
    public static final List<String> NAMES = List.of("es", "pes", "truncated-es", "truncated-bptt");

    private enum Update {
        LIFETIME,
        WINDOW
    }

    private EvolutionOptions() {}

    /**
     * The rule that follows the estimator of this name.
     *
     * @throws IllegalArgumentException if the name is not one of {@link #NAMES}
     */
    public static MetaRule of(Options o, String name) {
        return switch (name) {
            case "es" ->
                new GradientRule(new EvolutionStrategies(
                        perturbation(o),
                        o.flag(
                                "unperturbed-loss",
                                false,
                                "whether the reported loss is that of the meta-parameters themselves, at the cost of"
                                        + " one more run, or the mean of the perturbed ones"),
                        o.choice(
                                "comparison",
                                EvolutionStrategies.Comparison.DIFFERENCE,
                                "what of the two losses of a pair counts: their difference, or only which is lower"),
                        o.optionalNumber(
                                        "largest-difference",
                                        Double.MIN_VALUE,
                                        Double.MAX_VALUE,
                                        "the most that the difference of a pair counts, of either sign")
                                .orElse(Double.POSITIVE_INFINITY)));
            case "pes" -> often(o, new PersistentEvolution(window(o), perturbation(o)));
            case "truncated-es" -> often(o, new TruncatedEvolution(window(o), perturbation(o)));
            case "truncated-bptt" -> often(o, new TruncatedBackpropagation(window(o), clip(o)));
            default -> throw new IllegalArgumentException("there is no estimator " + name + " among " + NAMES);
        };
    }

    private static int window(Options o) {
        return o.integer("window", 10, 1, 1_000_000, "steps of the inner loop in a window");
    }

    private static ClipPerTask clip(Options o) {
        return o.optionalNumber(
                        "clip-per-task",
                        Double.MIN_VALUE,
                        Double.MAX_VALUE,
                        "largest norm of the gradient of each task in a window, before tasks are added up")
                .map(ClipPerTask::new)
                .orElse(ClipPerTask.NONE);
    }

    private static Perturbation perturbation(Options o) {
        return perturbation(o, 1, 0.01, "mirrored perturbations of every task");
    }

    static Perturbation perturbation(Options o, int standardPairs, double standardStd, String description) {
        int pairs = o.integer("pairs", standardPairs, 1, 100_000, description);
        double std = o.positive("std", standardStd, "standard deviation of perturbations");
        Optional<Double> highest = o.optionalNumber(
                "highest-loss",
                -1e30,
                1e30,
                "the most that a single loss may count; larger ones and NaN count as this much");
        return new Perturbation(pairs, std, highest.map(OptionalDouble::of).orElse(OptionalDouble.empty()));
    }

    private static MetaRule often(Options o, WindowedGradient estimator) {
        Update update = o.choice("update", Update.LIFETIME, "when meta-parameters move: after a lifetime or a window");
        return update == Update.WINDOW ? new PerWindow(estimator, replay(o)) : new GradientRule(estimator);
    }

    private static Optional<LevelReplay> replay(Options o) {
        double probability = o.number(
                "replay",
                0,
                0,
                1,
                "probability that a lifetime begins with tasks that its shard had before, by the rank of a score that"
                        + " the method reports");
        return probability == 0
                ? Optional.empty()
                : Optional.of(new LevelReplay(
                        probability,
                        o.integer("replay-size", 4000, 1, 10_000_000, "draws of its tasks that a shard remembers"),
                        o.positive(
                                "replay-temperature",
                                0.1,
                                "of ranks: the r-th highest score has a weight of r^(-1/temperature)")));
    }
}
