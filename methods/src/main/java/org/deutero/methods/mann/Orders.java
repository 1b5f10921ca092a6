package org.deutero.methods.mann;

import java.util.random.RandomGenerator;
import org.deutero.tensor.Tensor;

/** Random orders. */
final class Orders {
    private Orders() {}

    /** Independent permutations of 0..n-1, int64 [tasks, n]. */
    static Tensor draw(RandomGenerator rng, int tasks, int n) {
        long[] places = new long[tasks * n];
        for (int t = 0; t < tasks; t++) {
            for (int i = 0; i < n; i++) {
                int j = rng.nextInt(i + 1);
                places[t * n + i] = places[t * n + j];
                places[t * n + j] = i;
            }
        }
        return Tensor.of(places, tasks, n);
    }
}
