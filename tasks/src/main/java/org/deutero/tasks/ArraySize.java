package org.deutero.tasks;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.deutero.options.Options;
import org.deutero.options.OptionsException;

/** Lengths of arrays that are products of what users choose, and so may be longer than any array is. */
public final class ArraySize {
    /** The longest array of a Java virtual machine. */
    public static final int MOST = Integer.MAX_VALUE - 8;

    private ArraySize() {}

    /**
     * What a key of a recipe says.
     *
     * @param key in its section
     * @param value of the key, not negative
     */
    public record Factor(String key, long value) {}

    /**
     * The length of an array for a batch of tasks.
     *
     * @param sizes to be multiplied, none of them negative
     * @throws IllegalArgumentException if no array is that long
     */
    public static int of(long... sizes) {
        long length = product(sizes);
        if (length > MOST) {
            throw new IllegalArgumentException(
                    Arrays.stream(sizes).mapToObj(Long::toString).collect(Collectors.joining(" x "))
                            + " numbers are more than an array can hold, which is " + MOST
                            + ": expected fewer or smaller tasks at once");
        }
        return (int) length;
    }

    /** A product; the largest long if it is larger. */
    public static long product(long... sizes) {
        return LongStream.of(sizes).anyMatch(size -> size == 0)
                ? 0
                : LongStream.of(sizes).reduce(1, (a, b) -> a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b);
    }

    /**
     * Refuses keys whose product is longer than any array, while a recipe is read.
     *
     * @param o the section
     * @param what would be so long
     * @param factors of the product
     * @throws OptionsException that names the keys
     */
    public static void check(Options o, String what, Factor... factors) {
        long length = product(Arrays.stream(factors).mapToLong(Factor::value).toArray());
        if (length > MOST) {
            throw new OptionsException(Arrays.stream(factors)
                            .map(factor -> o.path(factor.key()) + " (" + factor.value() + ")")
                            .collect(Collectors.joining(" x "))
                    + " is too much: " + what + " would have " + (length == Long.MAX_VALUE ? "more than 2^63" : length)
                    + " numbers, but expected at most " + MOST);
        }
    }
}
