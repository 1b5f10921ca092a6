package org.deutero.methods.bandit;

import java.util.List;
import org.deutero.options.OptionsException;

/** Policies without meta-learning, by their names in recipes, with the constants of smonsays/contrastive-meta-learning. */
public final class ReferencePolicies {
    /** All names. */
    public static final List<String> NAMES = List.of("uniform", "linear-greedy", "linear-thompson", "neural-linear");

    private ReferencePolicies() {}

    /** The policy of a name. @throws OptionsException if there is none */
    public static Policy named(String name) {
        return switch (name) {
            case "uniform" -> new Uniform();
            case "linear-greedy" -> LinearPolicy.greedy();
            case "linear-thompson" -> LinearPolicy.thompson();
            case "neural-linear" -> NeuralLinear.standard();
            default ->
                throw new OptionsException(
                        "there is no policy \"" + name + "\" (policies: " + String.join(", ", NAMES) + ")");
        };
    }
}
