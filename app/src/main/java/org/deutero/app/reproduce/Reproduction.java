package org.deutero.app.reproduce;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
 * @param gates what must be reached, all of it; may be empty
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
        List<Gate> gates,
        Optional<StructureGate> structure) {
    /** Copies the lists. */
    public Reproduction {
        overrides = List.copyOf(overrides);
        seeds = List.copyOf(seeds);
        gates = List.copyOf(gates);
    }

    /** The seeds to train: those on record, and where there is a gate the next numbers from 1 on until there are {@link Verdict#ENOUGH}. */
    public List<Integer> judged() {
        if (gates.isEmpty() && structure.isEmpty()) {
            return seeds;
        }
        Stream<Integer> others = Stream.iterate(1, n -> n + 1).filter(n -> !seeds.contains(n));
        return Stream.concat(seeds.stream(), others.limit(Math.max(0, Verdict.ENOUGH - seeds.size())))
                .toList();
    }

    /** The gates in words, or the empty string. */
    public String gateWords() {
        return gates.stream().map(this::words).collect(Collectors.joining(", "));
    }

    /** One gate in words. */
    public String words(Gate gate) {
        boolean share =
                Stream.of("omniglot", "mini-imagenet", "mnist", "wheel-bandit", "cross-domain", "fashion", "cifar")
                                .anyMatch(recipe::startsWith)
                        && !overrides.contains("evaluation.measure=cross-entropy");
        return gate.words(share);
    }
}
