package org.deutero.learn.meta;

import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.deutero.learn.Seeds;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * Prioritised replay of tasks (Jiang, Grefenstette, Rocktaeschel 2021, arXiv 2010.03934; for learned objectives: Jackson et al. 2023, arXiv 2310.02782). When a lifetime of a shard begins, its tasks are either new or some that it had before, chosen by rank: the one with the r-th highest score with a weight of r^(-1/temperature).
 *
 * <p>What is replayed are the tasks of a shard together, known by the iteration at which they were drawn; chance of learning is new. The score is what the learner reports under {@link #SCORE} in the last window of a lifetime, mean over tasks. Tasks that come again get their newest score; beyond the size of the store those of the lowest score are forgotten.
 *
 * <p>Unlike there, it does not count how long ago a score was found: weights have no share of staleness, so tasks of a low score may never come again.
 *
 * @param probability that tasks come again, once there are any
 * @param size of the store, in draws of a shard's tasks
 * @param temperature of ranks; near 0 only the highest score comes again
 */
public record LevelReplay(double probability, int size, double temperature) {
    /** What learners report tasks' scores as, [tasks]; 0 in windows that end no lifetime. */
    public static final String SCORE = "level-score";

    private static final String SEED = "level-seed";
    private static final String DRAWN = "drawn";
    private static final String SCORES = "scores";

    /** Checks ranges. */
    public LevelReplay {
        if (!(probability >= 0 && probability <= 1) || size < 1 || !(temperature > 0)) {
            throw new IllegalArgumentException("a replay with probability " + probability + " from " + size
                    + " draws at temperature " + temperature + " cannot be");
        }
    }

    /** What training by replay begins with besides meta-parameters: the seed of what is chosen. The caller owns it. */
    static Params seeded(long seed) {
        try (Scope s = Scope.open()) {
            return s.keep(Params.of(SEED, Tensor.of(new long[] {seed}, 1)));
        }
    }

    /** That part of what a state carries; empty without replay. */
    public static Params seed(Params carry) {
        return carry.filter(SEED::equals);
    }

    /** What a shard chooses by. States of older training carry no seed. */
    static RandomGenerator generator(Params carry, long iteration, int shard) {
        long seed = carry.has(SEED) ? carry.get(SEED).longs()[0] : 0;
        return Seeds.generator(seed, "level-replay", iteration, shard);
    }

    /**
     * The iteration at which the tasks of the next lifetime are drawn.
     *
     * @param store of the shard, empty at first
     * @param iteration the present one, for new tasks
     */
    long next(Params store, long iteration, RandomGenerator rng) {
        boolean again = rng.nextDouble() < probability;
        double u = rng.nextDouble();
        if (store.isEmpty() || !again) {
            return iteration;
        }
        long[] drawn = store.get(DRAWN).longs();
        int[] order = order(store.get(SCORES).doubles());
        double sum = 0;
        for (int rank = 1; rank <= order.length; rank++) {
            sum += weight(rank);
        }
        double left = u * sum;
        int rank = 1;
        while (rank < order.length && left >= weight(rank)) {
            left -= weight(rank);
            rank++;
        }
        return drawn[order[rank - 1]];
    }

    private double weight(int rank) {
        return Math.pow(rank, -1 / temperature);
    }

    /** Places by falling score, older draws first among equals. */
    private static int[] order(double[] scores) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i]))
                .mapToInt(i -> i)
                .toArray();
    }

    /**
     * The store after a lifetime.
     *
     * @param drawn iteration at which its tasks were drawn
     * @param score of these tasks
     */
    Params after(Params store, long drawn, double score) {
        long[] before = store.isEmpty() ? new long[0] : store.get(DRAWN).longs();
        double[] had = store.isEmpty() ? new double[0] : store.get(SCORES).doubles();
        int known = 0;
        while (known < before.length && before[known] != drawn) {
            known++;
        }
        long[] all = Arrays.copyOf(before, Math.max(before.length, known + 1));
        double[] scores = Arrays.copyOf(had, all.length);
        all[known] = drawn;
        scores[known] = score;
        int[] kept = Arrays.stream(order(scores)).limit(size).sorted().toArray();
        return Params.builder()
                .put(DRAWN, Tensor.of(Arrays.stream(kept).mapToLong(i -> all[i]).toArray(), kept.length))
                .put(
                        SCORES,
                        Tensor.of(
                                Arrays.stream(kept).mapToDouble(i -> scores[i]).toArray(), kept.length))
                .build();
    }
}
