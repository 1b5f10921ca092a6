package org.deutero.tasks;

import java.util.Arrays;
import java.util.List;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;

/**
 * What a learner must know of its tasks before it sees any.
 *
 * @param input shape of one input: [channels, height, width] or [features]
 * @param outputs numbers a network puts out: the ways of a classification, the outputs of a regression, or the arms of a bandit
 * @param objective the loss that fits the targets
 */
public record TaskShape(List<Long> input, int outputs, Objective objective) {
    /** A classification of images into {@code way} classes. */
    public static TaskShape images(int channels, int size, int way) {
        return new TaskShape(List.of((long) channels, (long) size, (long) size), way, Objective.CROSS_ENTROPY);
    }

    /** A classification of so many features into {@code way} classes. */
    public static TaskShape classes(int features, int way) {
        return new TaskShape(List.of((long) features), way, Objective.CROSS_ENTROPY);
    }

    /** A regression from {@code in} to {@code out} numbers. */
    public static TaskShape regression(int in, int out) {
        return new TaskShape(List.of((long) in), out, Objective.SQUARED_ERROR);
    }

    /** Rounds of a bandit with contexts of so many features. */
    public static TaskShape bandit(int features, int arms) {
        return new TaskShape(List.of((long) features), arms, Objective.PULLED_ARM);
    }

    /** Copies the list. */
    public TaskShape {
        input = List.copyOf(input);
    }

    /**
     * Refuses tasks without classes.
     *
     * @param method the recipe's section of that name
     */
    public void requireClassification(Options method) {
        if (!classification()) {
            throw new OptionsException(
                    method.path("name") + ": this method needs a classification, but tasks are a regression");
        }
    }

    /** Whether inputs are square images. */
    public boolean areImages() {
        return input.size() == 3;
    }

    /** The number of features of an input. */
    public int features() {
        return Math.toIntExact(input.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact));
    }

    /** Whether targets are labels, int64 [tasks, n]. */
    public boolean classification() {
        return objective == Objective.CROSS_ENTROPY;
    }

    /** The last dimension of targets that are not labels. */
    public int targetWidth() {
        return objective == Objective.PULLED_ARM ? 2 : outputs;
    }

    @Override
    public String toString() {
        String what = switch (objective) {
            case CROSS_ENTROPY -> " classes";
            case SQUARED_ERROR -> " numbers";
            case PULLED_ARM -> " arms";
        };
        return Arrays.toString(input.toArray()) + " -> " + outputs + what;
    }
}
