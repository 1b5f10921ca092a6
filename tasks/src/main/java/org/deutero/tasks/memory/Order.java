package org.deutero.tasks.memory;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Numbers in random order. */
final class Order {
    private Order() {}

    /** The first so many of 0..n-1 in random order. */
    static int[] first(int number, int n, RandomGenerator rng) {
        int[] all = IntStream.range(0, n).toArray();
        for (int i = 0; i < number; i++) {
            int j = i + rng.nextInt(n - i);
            int swap = all[i];
            all[i] = all[j];
            all[j] = swap;
        }
        return Arrays.copyOf(all, number);
    }
}
