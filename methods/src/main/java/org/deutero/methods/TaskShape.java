package org.deutero.methods;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deutero.tasks.control.Environment;

/**
 * What a learner must know of its tasks before it sees any.
 *
 * @param input shape of one input: [channels, height, width] or [features]
 * @param outputs numbers a network puts out: the ways of a classification, or the outputs of a regression
 * @param classification whether targets are labels
 * @param environment what tasks are lives in; empty where there is nothing to act on
 */
public record TaskShape(List<Long> input, int outputs, boolean classification, Optional<Environment> environment) {
    /** Tasks to learn from examples. */
    public TaskShape(List<Long> input, int outputs, boolean classification) {
        this(input, outputs, classification, Optional.empty());
    }

    /** Lives in an environment; an input is where one begins, an output what it came to. */
    public static TaskShape lives(Environment environment) {
        return new TaskShape(List.of((long) environment.features()), 1, false, Optional.of(environment));
    }

    /** A classification of images into {@code way} classes. */
    public static TaskShape images(int channels, int size, int way) {
        return new TaskShape(List.of((long) channels, (long) size, (long) size), way, true);
    }

    /** A classification of so many features into {@code way} classes. */
    public static TaskShape classes(int features, int way) {
        return new TaskShape(List.of((long) features), way, true);
    }

    /** A regression from {@code in} to {@code out} numbers. */
    public static TaskShape regression(int in, int out) {
        return new TaskShape(List.of((long) in), out, false);
    }

    /** Copies the list. */
    public TaskShape {
        input = List.copyOf(input);
    }

    /** Whether inputs are square images. */
    public boolean areImages() {
        return input.size() == 3;
    }

    /** The number of features of an input. */
    public int features() {
        return (int) input.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    }

    /** The loss that fits the targets. */
    public Objective objective() {
        return classification ? Objective.CROSS_ENTROPY : Objective.SQUARED_ERROR;
    }

    @Override
    public String toString() {
        return Arrays.toString(input.toArray()) + " -> " + outputs + (classification ? " classes" : " numbers");
    }
}
