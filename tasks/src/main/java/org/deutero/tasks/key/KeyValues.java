package org.deutero.tasks.key;

import java.util.random.RandomGenerator;

/**
 * Numbers that keys are drawn from.
 *
 * @param low the least
 * @param high the greatest; for a circle, where it begins again
 * @param number of equally spaced values; 0 for any number in between
 * @param circle whether {@code high} is {@code low} again, so that it is not one of the values
 */
public record KeyValues(double low, double high, int number, boolean circle) {
    /** Refuses values that are none. */
    public KeyValues {
        if (!(low <= high) || Double.isInfinite(low) || Double.isInfinite(high)) {
            throw new IllegalArgumentException(
                    "keys from " + low + " to " + high + " are none; expected two numbers in order");
        }
        if (number < 0 || (number == 1 && !circle)) {
            throw new IllegalArgumentException(
                    number + " equally spaced keys are none; expected at least 2, or 0 for any number in between");
        }
    }

    /** Any number from {@code low} to {@code high}. */
    public static KeyValues uniform(double low, double high) {
        return new KeyValues(low, high, 0, false);
    }

    /** One of them, by nextDouble alone, whose bits are the same in every Java version. */
    double draw(RandomGenerator rng) {
        double u = rng.nextDouble();
        if (number == 0) {
            return low + (high - low) * u;
        }
        int i = (int) (u * number);
        return low + (high - low) * i / (circle ? number : number - 1);
    }
}
