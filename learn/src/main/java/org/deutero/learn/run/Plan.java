package org.deutero.learn.run;

/**
 * How long and in what portions to train.
 *
 * @param iterations updates of the meta-parameters, 0 to leave them as they start
 * @param metaBatch tasks in an update
 * @param shard tasks in a portion of work; part of the experiment, since it fixes which random numbers a task sees
 * @param threads workers; not part of the experiment, results are the same bits for any number
 * @param seed of everything random
 * @param validateEvery iterations between validations, 0 for none
 * @param patience validations without improvement after which training stops, 0 for no early stop
 * @param checkpointEvery iterations between checkpoints, 0 for one at the end only
 */
public record Plan(
        long iterations,
        int metaBatch,
        int shard,
        int threads,
        long seed,
        long validateEvery,
        int patience,
        long checkpointEvery) {
    /** Checks ranges. */
    public Plan {
        if (metaBatch < 1 || shard < 1 || threads < 1) {
            throw new IllegalArgumentException("meta-batch, shard and threads must be at least 1");
        }
        if (iterations < 0 || validateEvery < 0 || patience < 0 || checkpointEvery < 0) {
            throw new IllegalArgumentException(
                    "iterations, validate-every, patience and checkpoint-every must not be negative");
        }
        if (shard > metaBatch) {
            shard = metaBatch;
        }
    }

    /** The number of shards of an update. */
    public int shards() {
        return (metaBatch + shard - 1) / shard;
    }
}
