package org.deutero.learn;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Named branches of one seed: one seed, one experiment. A branch depends on its name and its numbers only, never on what
 * was drawn before or on which thread.
 */
public final class Seeds {
    private Seeds() {}

    /** The seed of a branch. */
    public static long branch(long seed, String name, long... numbers) {
        long h = mix(seed ^ 0x9E3779B97F4A7C15L);
        for (int i = 0; i < name.length(); i++) {
            h = mix(h * 31 + name.charAt(i));
        }
        for (long number : numbers) {
            h = mix(h ^ mix(number + 0x632BE59BD9B4E019L));
        }
        return h;
    }

    /** A generator at the start of a branch. */
    public static RandomGenerator generator(long seed, String name, long... numbers) {
        return new SplittableRandom(branch(seed, name, numbers));
    }

    /** The finaliser of SplitMix64: every bit of the input moves half the bits of the output. */
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
