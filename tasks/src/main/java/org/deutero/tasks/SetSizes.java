package org.deutero.tasks;

import java.util.random.RandomGenerator;

/**
 * How many points of a function are shown, and how many more are asked for.
 *
 * @param fewest points shown
 * @param most points shown
 * @param fewestExtra points asked for beyond those shown
 * @param mostExtra points asked for beyond those shown
 * @param total never more than so many of both
 */
public record SetSizes(int fewest, int most, int fewestExtra, int mostExtra, int total) {
    /** Refuses ranges that nothing lies in. */
    public SetSizes {
        if (fewest < 1 || most < fewest || fewestExtra < 0 || mostExtra < fewestExtra) {
            throw new IllegalArgumentException("a set of " + fewest + " to " + most + " points and " + fewestExtra
                    + " to " + mostExtra + " more is empty or upside down");
        }
        if (total < most + fewestExtra) {
            throw new IllegalArgumentException("at most " + total + " points in all leave no room for " + most
                    + " points and " + fewestExtra + " more");
        }
    }

    /** So many points shown, none beyond them. */
    public static SetSizes of(int points) {
        return new SetSizes(points, points, 0, 0, points);
    }

    /** Numbers for one batch. */
    public record Drawn(int shown, int extra) {}

    /** Both numbers uniform: first of points shown, then of others, as many as the total leaves. */
    public Drawn draw(RandomGenerator rng) {
        int shown = between(fewest, most, rng);
        return new Drawn(shown, between(fewestExtra, Math.min(mostExtra, total - shown), rng));
    }

    private static int between(int low, int high, RandomGenerator rng) {
        return low == high ? low : low + rng.nextInt(high - low + 1);
    }
}
