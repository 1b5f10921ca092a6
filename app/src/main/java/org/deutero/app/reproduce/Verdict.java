package org.deutero.app.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.DoublePredicate;
import org.deutero.experiment.compare.OverSeeds;

/**
 * Figures of several seeds before a gate. The mean is what a gate is about; a seed that misses it by itself is named, so that none hides behind the others. Fewer than {@link #ENOUGH} seeds can miss a gate, but not reach it.
 *
 * @param seeds that were trained
 * @param figures of each
 * @param holds whether a figure reaches the gate
 * @param diverged number of test tasks that the figures leave out
 */
public record Verdict(List<Integer> seeds, List<Double> figures, DoublePredicate holds, int diverged) {
    /** Seeds that a gate is judged on, at least. */
    public static final int ENOUGH = 3;

    /** Copies the lists. @throws IllegalArgumentException unless there is one figure a seed */
    public Verdict {
        seeds = List.copyOf(seeds);
        figures = List.copyOf(figures);
        if (seeds.isEmpty() || seeds.size() != figures.size()) {
            throw new IllegalArgumentException(seeds.size() + " seeds have " + figures.size() + " figures");
        }
    }

    private OverSeeds over() {
        return OverSeeds.of(figures.stream().mapToDouble(f -> f).toArray());
    }

    /** Whether the mean misses the gate, or test tasks diverged. */
    public boolean missed() {
        return diverged > 0 || !holds.test(over().mean());
    }

    /** Seeds whose own figure does not reach the gate. */
    public List<Integer> missing() {
        List<Integer> missing = new ArrayList<>();
        for (int i = 0; i < seeds.size(); i++) {
            if (!holds.test(figures.get(i))) {
                missing.add(seeds.get(i));
            }
        }
        return missing;
    }

    /**
     * In a sentence.
     *
     * @param shown how a figure is written
     * @param demanded the gate in words
     */
    public String words(DoubleFunction<String> shown, String demanded) {
        boolean few = seeds.size() < ENOUGH;
        double interval = over().interval();
        StringBuilder words = new StringBuilder(missed() ? "MISSED" : few ? "Not judged" : "Reached");
        words.append(": the mean over seeds is ").append(shown.apply(over().mean()));
        words.append(Double.isFinite(interval) ? " ± " + shown.apply(interval) + " (95 % over seeds)" : "");
        words.append(diverged == 0 ? "" : ", leaving out " + diverged + " test tasks that diverged");
        words.append(", demanded is ").append(demanded);
        for (int seed : missing()) {
            words.append("; seed ")
                    .append(seed)
                    .append(" by itself misses it with ")
                    .append(shown.apply(figures.get(seeds.indexOf(seed))));
        }
        return words.append(few ? "; a gate is reached by the mean of three seeds or more" : "")
                .toString();
    }
}
