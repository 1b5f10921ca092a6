package org.deutero.methods;

import java.util.Arrays;
import org.deutero.learn.Seeds;
import org.deutero.tensor.Permutations;

/** Rows of mini-batches that run through a shuffled pool, shuffled anew when it is exhausted. */
public final class EpochRows {
    private EpochRows() {}

    /**
     * The rows of one batch.
     *
     * @param seed of all shuffles
     * @param pool number of examples
     * @param batch examples in a batch
     * @param step number of the batch, from 0
     * @param owner tells apart pools under one seed, such as those of tasks
     */
    public static long[] of(long seed, int pool, int batch, int step, long... owner) {
        long[] rows = new long[batch];
        int[] order = null;
        int loaded = -1;
        for (int j = 0; j < batch; j++) {
            long position = (long) step * batch + j;
            int round = (int) (position / pool);
            if (round != loaded) {
                order = Permutations.draw(Seeds.generator(seed, "mini-batches", with(owner, round)), pool);
                loaded = round;
            }
            rows[j] = order[(int) (position % pool)];
        }
        return rows;
    }

    private static long[] with(long[] owner, long round) {
        long[] numbers = Arrays.copyOf(owner, owner.length + 1);
        numbers[owner.length] = round;
        return numbers;
    }
}
