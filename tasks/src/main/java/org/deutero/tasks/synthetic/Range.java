package org.deutero.tasks.synthetic;

import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;

/**
 * An interval from which something is drawn uniformly.
 *
 * @param low the least value
 * @param high the greatest value; may be equal to the least, which is then always drawn
 */
public record Range(double low, double high) {
    /** Beyond this a float32 curve would consist of rounding. */
    private static final double LIMIT = 1e6;

    /** Refuses intervals that are empty or not finite. */
    public Range {
        if (!(low <= high) || low < -LIMIT || high > LIMIT) {
            throw new IllegalArgumentException("a range from " + low + " to " + high
                    + " is none; expected two numbers in order, within -1e6 and 1e6");
        }
    }

    /** Asks for a key of two numbers. */
    static Range of(Options o, String key, Range standard, String description) {
        List<Double> ends = o.numbers(key, List.of(standard.low, standard.high), description);
        if (ends.size() != 2) {
            throw new OptionsException(o.path(key) + " is " + ends + ", but a range has two numbers, such as ["
                    + standard.low + ", " + standard.high + "]");
        }
        try {
            return new Range(ends.get(0), ends.get(1));
        } catch (IllegalArgumentException e) {
            throw new OptionsException(o.path(key) + ": " + e.getMessage(), e);
        }
    }

    double draw(RandomGenerator rng) {
        return Sinusoids.between(low, high, rng);
    }

    /** An even grid of so many points, ends included, one after the other. */
    DoubleSupplier grid(int points) {
        return new DoubleSupplier() {
            private int i;

            @Override
            public double getAsDouble() {
                return low + (high - low) * i++ / (points - 1);
            }
        };
    }
}
