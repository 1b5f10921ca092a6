package org.deutero.methods.maml;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;
import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import org.deutero.tensor.nn.Network;

/**
 * Names of parameters by patterns: a layer such as {@code l1}, a parameter such as {@code l1.weight}, either with {@code *} for any letters, or
 * {@code head} and {@code body}: the last layer, and all others.
 *
 * @param patterns of which one must match; none for every parameter
 */
public record Adapted(List<String> patterns) {
    /** Every parameter. */
    public static final Adapted ALL = new Adapted(List.of());

    private static final String HEAD = "head";
    private static final String BODY = "body";

    /** Copies the patterns. */
    public Adapted {
        patterns = List.copyOf(patterns);
    }

    /** The {@code adapt} key. @throws OptionsException for a pattern that no parameter of the network has */
    static Adapted of(Options o, Network network) {
        Adapted adapted = new Adapted(o.texts(
                "adapt",
                List.of(),
                "layers or parameters that the inner loop moves, such as head, l1 or conv*.weight; all if none"));
        if (!adapted.patterns().isEmpty()) {
            adapted.check(o.path("adapt"), network);
        }
        return adapted;
    }

    @SuppressWarnings("try") // the scope works by being open
    private void check(String key, Network network) {
        try (Scope s = Scope.open()) {
            Set<String> names =
                    network.init(new SplittableRandom(0), DType.FLOAT32).names();
            for (String pattern : patterns) {
                if (names.stream().noneMatch(name -> matches(pattern, network, name))) {
                    throw new OptionsException(key + " has " + pattern
                            + ", but no parameter of the network is called so; expected head, body or some of "
                            + String.join(", ", names));
                }
            }
        }
    }

    /** Whether the inner loop moves this parameter. */
    boolean moves(Network network, String parameter) {
        return patterns.isEmpty() || patterns.stream().anyMatch(p -> matches(p, network, parameter));
    }

    private static boolean matches(String pattern, Network network, String parameter) {
        boolean head = parameter.startsWith(network.headLayer() + ".");
        if (pattern.equals(HEAD) && head || pattern.equals(BODY) && !head) {
            return true;
        }
        String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
        return parameter.matches(regex + "(\\..*)?");
    }
}
