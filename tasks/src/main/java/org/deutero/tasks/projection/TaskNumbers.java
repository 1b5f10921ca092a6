package org.deutero.tasks.projection;

import java.util.random.RandomGenerator;

/**
 * Which tasks of a family are drawn.
 *
 * @param which of them
 * @param seen how many are met in meta-training, numbered from 0; 0 for any number of them
 * @param bias share of drawn ones that are task 0 instead, so that many sequences have one task
 */
public record TaskNumbers(Which which, long seen, double bias) {
    /** Parts of a family. */
    public enum Which {
        /** Those of meta-training, from 0 on. */
        SEEN,
        /** All others, which have negative numbers. */
        UNSEEN,
        /** None: inputs are not projected and classes stand in their own order. */
        IDENTITY
    }

    /** Those of meta-training. */
    public static TaskNumbers seen(long number, double bias) {
        return new TaskNumbers(Which.SEEN, number, bias);
    }

    /** All others. */
    public static TaskNumbers unseen() {
        return new TaskNumbers(Which.UNSEEN, 0, 0);
    }

    /** Refuses shares that are none. */
    public TaskNumbers {
        if (seen < 0 || !(bias >= 0 && bias <= 1)) {
            throw new IllegalArgumentException(
                    "a number of tasks is not negative and a bias lies in [0, 1]; not " + seen + " and " + bias);
        }
    }

    /** The number of a task. */
    long draw(RandomGenerator rng) {
        if (which == Which.UNSEEN) {
            return -1 - (rng.nextLong() >>> 2);
        }
        if (bias > 0 && rng.nextDouble() < bias) {
            return 0;
        }
        return seen > 0 ? rng.nextLong(seen) : rng.nextLong() >>> 2;
    }
}
