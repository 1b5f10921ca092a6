package org.deutero.app.reproduce;

import java.util.List;
import java.util.Optional;

/**
 * An experiment whose figure stands in {@code docs/REPRODUCTION.md}.
 *
 * @param name by which it is asked for
 * @param recipe a bundled recipe
 * @param overrides {@code key=value} changes to it
 * @param seeds that were measured
 * @param minutes of one processor for a seed, roughly
 * @param published the figure in print or of the reference implementation, in words; may be empty
 * @param measured ours, in words
 * @param gate what must be reached, if anything
 * @param structure what the structure found must be like, if anything
 */
public record Reproduction(
        String name,
        String recipe,
        List<String> overrides,
        List<Integer> seeds,
        double minutes,
        String published,
        String measured,
        Optional<Gate> gate,
        Optional<StructureGate> structure) {
    /** Copies the lists. */
    public Reproduction {
        overrides = List.copyOf(overrides);
        seeds = List.copyOf(seeds);
    }

    /** An experiment on a learner that has no structure to tell. */
    public Reproduction(
            String name,
            String recipe,
            List<String> overrides,
            List<Integer> seeds,
            double minutes,
            String published,
            String measured,
            Optional<Gate> gate) {
        this(name, recipe, overrides, seeds, minutes, published, measured, gate, Optional.empty());
    }

    /** The gate in words, or the empty string. */
    public String gateWords() {
        boolean share = recipe.startsWith("omniglot") || recipe.startsWith("mini-imagenet");
        return gate.map(g -> g.words(share)).orElse("");
    }
}
