package org.deutero.learn.recipe;

import java.util.List;
import java.util.Optional;
import org.deutero.learn.gradient.LeapDirection;
import org.deutero.learn.gradient.LookAhead;
import org.deutero.learn.gradient.ReptileDirection;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.meta.GradientRule;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.learn.meta.MetaRule;
import org.deutero.learn.meta.Replay;
import org.deutero.options.Options;

/** The {@code meta-gradient} section of a recipe for what looks at the path of the inner loop rather than back over it. */
final class TrajectoryOptions {
    static final String LEAP = "leap";
    static final String WARPGRAD = "warpgrad";

    /** Names of these estimators. */
    static final List<String> NAMES = List.of(LEAP, WARPGRAD);

    private TrajectoryOptions() {}

    private enum Form {
        FULL,
        SIMPLE
    }

    private enum Mode {
        OFFLINE,
        ONLINE
    }

    private enum Order {
        SECOND,
        FIRST
    }

    /** How the start moves beside what is trained from points. */
    private enum Start {
        LEAP,
        REPTILE,
        MAML,
        FOMAML,
        NONE
    }

    static MetaRule of(Options o, String name) {
        return switch (name) {
            case LEAP -> new GradientRule(leap(o));
            case WARPGRAD -> warpgrad(o);
            default -> throw new IllegalArgumentException("there is no estimator " + name + " among " + NAMES);
        };
    }

    private static LeapDirection leap(Options o) {
        Form form = o.choice(
                "form", Form.FULL, "full, on the surface of the loss, or simple, which leaves loss differences out");
        return new LeapDirection(
                form == Form.FULL,
                o.flag("stabiliser", true, "whether a rise of the loss counts as a fall; full form only"),
                o.flag("last-segment", true, "whether the last step of the inner loop counts, too"));
    }

    private static MetaRule warpgrad(Options o) {
        LookAhead gradient = new LookAhead(
                o.choice("order", Order.SECOND, "whether the one step ahead is differentiated, or a constant")
                        == Order.SECOND,
                o.choice(
                        "judge",
                        LookAhead.Judge.SUPPORT,
                        "what that step is judged by: another mini-batch of the support set, or the queries"),
                start(o.section("start")));
        Mode mode = o.choice(
                "mode",
                Mode.OFFLINE,
                "offline: states are stored and gone through in many updates; online: one update, from all steps");
        if (mode == Mode.ONLINE) {
            return new GradientRule(gradient);
        }
        return new Replay(
                gradient,
                o.optionalInteger("points", 1, 1_000_000, "stored states of each task, drawn at random; all if absent")
                        .orElse(Integer.MAX_VALUE),
                o.integer("chunk", 1, 1, 1_000_000, "stored states in an update"),
                o.positive("pace", 1, "factor on the meta-optimizer's rate for all but the start"));
    }

    private static Optional<MetaGradient> start(Options o) {
        return switch (o.choice("name", Start.LEAP, "how the start of tasks moves; none leaves it as it was drawn")) {
            case LEAP -> Optional.of(leap(o));
            case REPTILE -> Optional.of(new ReptileDirection());
            case MAML -> Optional.of(Unroll.FULL);
            case FOMAML -> Optional.of(Unroll.FIRST_ORDER);
            case NONE -> Optional.empty();
        };
    }
}
