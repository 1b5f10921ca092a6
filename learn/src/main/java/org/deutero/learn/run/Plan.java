package org.deutero.learn.run;

import org.deutero.learn.shards.Workers;

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

    /** Starts a plan of so many updates, 0 to leave the meta-parameters as they start. */
    public static Builder builder(long iterations) {
        return new Builder(iterations);
    }

    /** The number of shards of an update. */
    public int shards() {
        return (metaBatch + shard - 1) / shard;
    }

    /** Plans with names for their numbers; the rest is as recipes have it. */
    public static final class Builder {
        private final long iterations;
        private int metaBatch = 16;
        private int shard = 0;
        private int threads = Workers.defaultThreads();
        private long seed = 1;
        private long validateEvery = 0;
        private int patience = 0;
        private long checkpointEvery = 0;

        private Builder(long iterations) {
            this.iterations = iterations;
        }

        /** Tasks in an update; 16 unless said. */
        public Builder metaBatch(int value) {
            this.metaBatch = value;
            return this;
        }

        /** Tasks in a portion of work; half an update unless said, so that two workers have something to do. */
        public Builder shard(int value) {
            this.shard = value;
            return this;
        }

        /** Workers; {@link Workers#defaultThreads()} unless said. */
        public Builder threads(int value) {
            this.threads = value;
            return this;
        }

        /** Of everything random; 1 unless said. */
        public Builder seed(long value) {
            this.seed = value;
            return this;
        }

        /** Iterations between validations; none unless said. */
        public Builder validateEvery(long value) {
            this.validateEvery = value;
            return this;
        }

        /** Validations without improvement after which training stops; no early stop unless said. */
        public Builder patience(int value) {
            this.patience = value;
            return this;
        }

        /** Iterations between checkpoints; one at the end only unless said. */
        public Builder checkpointEvery(long value) {
            this.checkpointEvery = value;
            return this;
        }

        /** The plan. @throws IllegalArgumentException if a number is out of range */
        public Plan build() {
            int portion = shard == 0 ? (metaBatch + 1) / 2 : shard;
            return new Plan(iterations, metaBatch, portion, threads, seed, validateEvery, patience, checkpointEvery);
        }
    }
}
