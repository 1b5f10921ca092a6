package org.deutero.tasks.memory;

import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Tensor;

/**
 * Pairs of a key and a value, both symbols, in order; asked is for the value that a key had last. With 26 keys, 10 values and 3 pairs these are the letters and digits of Ba et al. 2016 (arXiv 1610.06258); with N keys, N values and N pairs
 * without repetition, or 2 N with, settings 1 and 2 of Schlag, Irie, Schmidhuber 2021 (arXiv 2102.11174).
 *
 * <p>Inputs are keys as unit vectors, float32 {@code [tasks, pairs, keys]}; labels are values, int64 {@code [tasks, pairs]}, so a value is a class.
 *
 * @param keys symbols to be keys
 * @param values symbols to be values
 * @param pairs of a task
 * @param repeatedKeys whether a key may come again, with another value
 * @param repeatedValues whether several pairs may have one value
 * @param queries of a task, each the key of a pair drawn at random
 */
public record SymbolPairs(int keys, int values, int pairs, boolean repeatedKeys, boolean repeatedValues, int queries)
        implements TaskSource<Episodes> {
    /** Refuses pairs that the symbols do not suffice for. */
    public SymbolPairs {
        if (keys < 1 || values < 2 || pairs < 1 || queries < 1) {
            throw new IllegalArgumentException(
                    "pairs of symbols need 1 key, 2 values, 1 pair and 1 query at least, not " + keys + ", " + values
                            + ", " + pairs + " and " + queries);
        }
        requireEnough("keys", keys, pairs, repeatedKeys);
        requireEnough("values", values, pairs, repeatedValues);
    }

    private static void requireEnough(String what, int symbols, int pairs, boolean repeated) {
        if (!repeated && symbols < pairs) {
            throw new IllegalArgumentException(
                    pairs + " pairs without repeated " + what + " need as many " + what + ", not " + symbols);
        }
    }

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        float[] supportX = new float[ArraySize.of(tasks, pairs, keys)];
        long[] supportY = new long[ArraySize.of(tasks, pairs)];
        float[] queryX = new float[ArraySize.of(tasks, queries, keys)];
        long[] queryY = new long[ArraySize.of(tasks, queries)];
        for (int t = 0; t < tasks; t++) {
            int[] key = draw(keys, repeatedKeys, rng);
            int[] value = draw(values, repeatedValues, rng);
            int[] last = new int[keys];
            for (int i = 0; i < pairs; i++) {
                int row = t * pairs + i;
                supportX[row * keys + key[i]] = 1;
                supportY[row] = value[i];
                last[key[i]] = value[i];
            }
            for (int i = 0; i < queries; i++) {
                int row = t * queries + i;
                int asked = key[rng.nextInt(pairs)];
                queryX[row * keys + asked] = 1;
                queryY[row] = last[asked];
            }
        }
        return new Episodes(
                Tensor.of(supportX, tasks, pairs, keys),
                Tensor.of(supportY, tasks, pairs),
                Tensor.of(queryX, tasks, queries, keys),
                Tensor.of(queryY, tasks, queries),
                values);
    }

    private int[] draw(int symbols, boolean repeated, RandomGenerator rng) {
        int[] drawn = repeated ? new int[pairs] : Order.first(pairs, symbols, rng);
        for (int i = 0; repeated && i < pairs; i++) {
            drawn[i] = rng.nextInt(symbols);
        }
        return drawn;
    }
}
