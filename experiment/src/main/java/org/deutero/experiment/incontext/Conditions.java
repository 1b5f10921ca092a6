package org.deutero.experiment.incontext;

import java.util.List;

/**
 * What a picture's figures are of.
 *
 * @param recipe name of the recipe that all trainings change
 * @param resolved the same as YAML, complete, as the first of them changed it
 * @param images of meta-training, by name
 * @param way classes of a task
 * @param length items of a sequence
 * @param firstLate the first of the last positions, from 1
 * @param iterations of meta-training
 * @param sequences that each figure is measured on
 * @param seeds of meta-training
 */
public record Conditions(
        String recipe,
        String resolved,
        String images,
        int way,
        int length,
        int firstLate,
        int iterations,
        int sequences,
        List<Long> seeds) {
    /** Copies the list. */
    public Conditions {
        seeds = List.copyOf(seeds);
    }

    /** What intervals cover. */
    public String intervals() {
        return seeds.size() == 1
                ? "95 % over " + sequences + " test sequences of a single training"
                : "95 % over " + seeds.size() + " training seeds";
    }
}
