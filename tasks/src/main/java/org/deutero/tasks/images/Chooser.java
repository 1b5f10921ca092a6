package org.deutero.tasks.images;

import java.util.random.RandomGenerator;

/**
 * Draws {@code k} of {@code n} without replacement, in random order: the first k steps of a Fisher-Yates shuffle, undone
 * afterwards. So a draw costs k steps whatever n is, and does not depend on the draws before it.
 */
final class Chooser {

    private final int[] order;

    Chooser(int largest) {
        order = new int[largest];
        for (int i = 0; i < largest; i++) {
            order[i] = i;
        }
    }

    /** Fills {@code out} with distinct numbers from 0 to {@code n - 1}. */
    void choose(int n, RandomGenerator rng, int[] out) {
        int k = out.length;
        int[] swapped = new int[k];
        for (int i = 0; i < k; i++) {
            swapped[i] = i + rng.nextInt(n - i);
            swap(i, swapped[i]);
            out[i] = order[i];
        }
        for (int i = k - 1; i >= 0; i--) {
            swap(i, swapped[i]);
        }
    }

    private void swap(int i, int j) {
        int t = order[i];
        order[i] = order[j];
        order[j] = t;
    }
}
