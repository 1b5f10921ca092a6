package org.deutero.experiment.incontext;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deutero.experiment.recipe.Recipe;

/**
 * A learner of some architecture and size.
 *
 * @param architecture as recipes name it
 * @param size in words
 * @param keys of the recipe's {@code method} section that make it, with their values, besides those that all architectures have
 */
public record LearnerSize(String architecture, String size, Map<String, Integer> keys) {
    /** What of a recipe's {@code method} section is not about one architecture. */
    private static final Set<String> COMMON = Set.of("name", "tokens", "query-weight");

    private static final String TRANSFORMER = "transformer";
    private static final String POSITIONS = "positions";
    private static final int KEY_SIZE = 16;

    /** Copies the map. */
    public LearnerSize {
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    }

    /** Sizes that a picture of minutes has: twice about equally many parameters, and the few of VSML; the quickest to train first. */
    public static List<LearnerSize> reduced() {
        return List.of(
                lstm(54),
                transformer(32, 2, 2),
                outerProduct(40, 2, 20),
                fastWeights(48, 8, 8),
                lstm(104),
                transformer(64, 2, 4),
                outerProduct(76, 2, 38),
                fastWeights(96, 16, 16),
                vsml(8, 4));
    }

    /** Sizes of a picture that takes a day. */
    public static List<LearnerSize> full() {
        List<LearnerSize> all = new ArrayList<>();
        for (int units : new int[] {54, 104, 160, 320}) {
            all.add(lstm(units));
        }
        all.add(outerProduct(40, 2, 20));
        all.add(outerProduct(76, 4, 19));
        all.add(outerProduct(76, 2, 38));
        all.add(outerProduct(76, 1, 76));
        all.add(outerProduct(128, 4, 32));
        all.add(fastWeights(48, 8, 8));
        all.add(fastWeights(96, 16, 16));
        all.add(fastWeights(192, 16, 16));
        all.add(vsml(8, 4));
        all.add(vsml(16, 8));
        all.add(vsml(32, 16));
        all.add(transformer(32, 2, 2));
        all.add(transformer(64, 1, 4));
        all.add(transformer(64, 2, 4));
        all.add(transformer(64, 4, 4));
        all.add(transformer(128, 2, 8));
        return all;
    }

    /** A transformer whose heads have keys of {@value #KEY_SIZE} numbers, for sequences of any length up to that of the recipe. */
    static LearnerSize transformer(int width, int layers, int heads) {
        return new LearnerSize(
                TRANSFORMER,
                "width " + width + ", " + layers + (layers == 1 ? " layer" : " layers"),
                Map.of("width", width, "layers", layers, "heads", heads, "key-size", KEY_SIZE));
    }

    static LearnerSize lstm(int units) {
        return new LearnerSize("lstm", units + " units", Map.of("units", units));
    }

    static LearnerSize outerProduct(int units, int heads, int size) {
        return new LearnerSize(
                "outer-product",
                heads + (heads == 1 ? " matrix" : " matrices") + " of " + size + " x " + size,
                Map.of("units", units, "heads", heads, "head-size", size));
    }

    static LearnerSize fastWeights(int units, int values, int root) {
        return new LearnerSize(
                "fast-weights",
                units + " units, " + values + " x " + root * root,
                Map.of("units", units, "values", values, "key-root", root));
    }

    static LearnerSize vsml(int state, int message) {
        return new LearnerSize("vsml", state + " units a synapse", Map.of("state", state, "message", message));
    }

    /** A recipe with this learner in place of its own. */
    Recipe in(Recipe recipe) {
        Map<String, Object> method = new LinkedHashMap<>();
        if (recipe.tree().get("method") instanceof Map<?, ?> before) {
            before.forEach((key, value) -> {
                if (COMMON.contains(key) || architecture.equals(TRANSFORMER) && key.equals(POSITIONS)) {
                    method.put(String.valueOf(key), value);
                }
            });
        }
        method.put("architecture", architecture);
        method.putAll(keys);
        Map<String, Object> tree = new LinkedHashMap<>(recipe.tree());
        tree.put("method", method);
        return new Recipe(recipe.source(), tree);
    }

    /** Of its run folder. */
    String folder() {
        return architecture + "-" + size.replaceAll("[^A-Za-z0-9]+", "-");
    }
}
