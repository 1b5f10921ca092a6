package org.deutero.experiment.measure;

import java.util.List;
import org.deutero.methods.OptimizerOptions;
import org.deutero.methods.bandit.LearnedPolicy;
import org.deutero.methods.bandit.ReferencePolicies;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;

/**
 * How a learner is let decide online: the {@code online} part of the {@code evaluation} section, for bandits.
 *
 * @param deltas of the wheels to be played
 * @param seeds number of games of each wheel
 * @param trials rounds of a game
 * @param pulls of every arm in turn at the start of a game
 * @param epsilon probability of an arm at random after that
 * @param updates how the learner learns while it plays
 * @param references policies to be played beside it
 * @param shard games side by side
 */
public record OnlineSettings(
        List<Double> deltas,
        int seeds,
        int trials,
        int pulls,
        double epsilon,
        LearnedPolicy.Updates updates,
        List<String> references,
        int shard) {
    /** Reads the section. */
    public static OnlineSettings of(Options o) {
        List<Double> deltas =
                o.numbers("deltas", List.of(0.5, 0.7, 0.9, 0.95, 0.99), "radii of the wheels to be played");
        if (deltas.isEmpty() || deltas.stream().anyMatch(delta -> !(delta >= 0 && delta <= 1))) {
            throw new OptionsException(o.path("deltas") + " is " + deltas + "; expected one or more radii in [0, 1]");
        }
        List<String> references =
                o.texts("references", List.of("uniform"), "other policies to be played, for comparison");
        references.forEach(ReferencePolicies::named);
        return new OnlineSettings(
                deltas,
                o.integer("seeds", 50, 1, 1_000_000, "games of each wheel"),
                o.integer("trials", 80_000, 1, 100_000_000, "rounds of a game"),
                o.integer("initial-pulls", 2, 0, 1_000_000, "pulls of every arm in turn at the start"),
                o.number("epsilon", 0, 0, 1, "probability of an arm at random after that"),
                new LearnedPolicy.Updates(
                        o.integer("update-every", 50, 1, 100_000_000, "rounds between updates of the learner"),
                        o.integer("update-steps", 250, 0, 1_000_000, "steps of an update"),
                        o.integer("batch", 512, 1, 1_000_000, "rounds in a step, drawn with replacement"),
                        OptimizerOptions.updates(o),
                        o.positive("rate", 1e-4, "step size of the updates")),
                references,
                o.integer("shard", 256, 1, 1_000_000, "games side by side"));
    }
}
