package org.deutero.learn.recipe;

import java.util.List;
import org.deutero.learn.meta.MetaRule;
import org.deutero.learn.reinforcement.ProximalUpdates;
import org.deutero.learn.reinforcement.TrustRegion;
import org.deutero.options.Options;

/** The {@code meta-gradient} section of a recipe for what goes several steps on the same trajectories of policies that learn. */
final class PolicyUpdateOptions {
    /** Names of these rules. */
    static final List<String> NAMES = List.of(TrustRegion.NAME, ProximalUpdates.NAME);

    private PolicyUpdateOptions() {}

    static MetaRule of(Options o, String name) {
        return switch (name) {
            case TrustRegion.NAME -> trustRegion(o);
            case ProximalUpdates.NAME ->
                new ProximalUpdates(
                        o.positive("clip", 0.2, "c: ratios of probabilities gain nothing outside of [1 - c, 1 + c]"),
                        o.integer(
                                "epochs",
                                5,
                                1,
                                10_000,
                                "updates on the episodes of an iteration, each of which learns again from the inner ones"));
            default -> throw new IllegalArgumentException("there is no rule " + name + " among " + NAMES);
        };
    }

    private static TrustRegion trustRegion(Options o) {
        TrustRegion standard = TrustRegion.PUBLISHED;
        return new TrustRegion(
                o.positive("divergence", standard.divergence(), "largest mean KL of an update, in nats"),
                o.integer("iterations", standard.iterations(), 1, 10_000, "conjugate-gradient iterations"),
                o.number("damping", standard.damping(), 0, 1e6, "added to the curvature, times the identity"),
                o.integer("backtracks", standard.backtracks(), 0, 1000, "shorter steps that are tried at most"),
                o.number("ratio", standard.ratio(), 1e-6, 0.999999, "of a step to the one tried before"));
    }
}
