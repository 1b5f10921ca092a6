package org.deutero.learn.gradient;

import java.util.List;
import org.deutero.learn.MetaGradient;
import org.deutero.learn.options.Options;

/** The {@code meta-gradient} section of a recipe. */
public final class MetaGradientOptions {
    /** Names of all estimators. */
    public static final List<String> NAMES = List.of("unroll", "sweep", "first-order", "identity", "reptile");

    private MetaGradientOptions() {}

    /** The estimator that a recipe names. */
    public static MetaGradient of(Options o, String standard) {
        String name = o.choice("name", standard, NAMES, "how the meta-gradient is estimated");
        return switch (name) {
            case "unroll" -> Unroll.FULL;
            case "sweep" -> new Sweep(o.choice("store", Store.ALL, "which states of the inner loop are kept"));
            case "first-order" -> Unroll.FIRST_ORDER;
            case "identity" -> new Identity();
            case "reptile" -> new ReptileDirection();
            default -> throw new AssertionError(name);
        };
    }
}
