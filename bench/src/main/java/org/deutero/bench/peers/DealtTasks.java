package org.deutero.bench.peers;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;

/** Tasks from a file, a batch for each iteration over and over; shards are dealt its tasks in the order in which they ask, which changes no sum. */
final class DealtTasks implements TaskSource<Episodes> {
    private final List<Episodes> batches;
    private long iteration = -1;
    private TaskSource<Episodes> deal;

    DealtTasks(Given given) {
        // Made once, in the scope of what is given, for workers close theirs when their own shard is done.
        this.batches =
                IntStream.range(0, given.batches()).mapToObj(given::batch).toList();
    }

    @Override
    public synchronized TaskSource<Episodes> at(long now) {
        if (now != iteration) {
            iteration = now;
            deal = new Deal(batches.get((int) (now % batches.size())));
        }
        return deal;
    }

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        throw new IllegalStateException("tasks are dealt for an iteration");
    }

    private static final class Deal implements TaskSource<Episodes> {
        private final Episodes batch;
        private int dealt;

        Deal(Episodes batch) {
            this.batch = batch;
        }

        @Override
        public synchronized Episodes sample(int tasks, RandomGenerator rng) {
            int from = dealt % batch.size(); // a shard that is done in portions asks for its tasks again
            dealt = from + tasks;
            return batch.slice(from, dealt);
        }
    }
}
