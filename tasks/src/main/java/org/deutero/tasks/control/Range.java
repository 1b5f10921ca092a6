package org.deutero.tasks.control;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;

/**
 * A constant of a world that lifetimes may have of their own, in the unit of the constant.
 *
 * @param low the smallest
 * @param high the largest; the same for all lifetimes if it is the smallest
 */
public record Range(double low, double high) {
    /** Refuses empty ranges. */
    public Range {
        if (!(low <= high)) {
            throw new IllegalArgumentException("a range from " + low + " to " + high + " is empty");
        }
    }

    /** The same for all lifetimes. */
    public static Range of(double value) {
        return new Range(value, value);
    }

    /** Reads a key: one number, or two between which each lifetime draws. */
    static Range of(Options o, String key, double standard, String description) {
        List<Double> ends = o.numbers(
                key, List.of(standard), description + "; two numbers for a lifetime's own, uniform between them");
        if (ends.isEmpty() || ends.size() > 2 || ends.get(0) <= 0 || ends.get(0) > ends.get(ends.size() - 1)) {
            throw new OptionsException(
                    o.path(key) + " is " + ends + ", but one positive number, or two in order, were expected");
        }
        return new Range(ends.get(0), ends.get(ends.size() - 1));
    }

    double draw(RandomGenerator rng) {
        return low + (high - low) * rng.nextDouble();
    }
}
