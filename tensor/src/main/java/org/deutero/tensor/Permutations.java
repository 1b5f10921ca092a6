package org.deutero.tensor;

import java.util.random.RandomGenerator;

/**
 * Random orders, drawn in Java: the same on every machine. The shuffle is Fisher and Yates's from the inside out, with one
 * {@code nextInt} for each element in turn; checkpoints and tests depend on that.
 */
public final class Permutations {
    private Permutations() {}

    /** The numbers 0..n-1 in random order. */
    public static int[] draw(RandomGenerator rng, int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = rng.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** Such an order in each row, int64 [rows, n], drawn row after row. */
    public static Tensor draw(RandomGenerator rng, int rows, int n) {
        long[] orders = new long[Math.multiplyExact(rows, n)];
        for (int row = 0; row < rows; row++) {
            int[] order = draw(rng, n);
            for (int i = 0; i < n; i++) {
                orders[row * n + i] = order[i];
            }
        }
        return Tensor.of(orders, rows, n);
    }
}
