package org.deutero.learn.evaluate;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.Seeds;
import org.deutero.learn.TaskContext;
import org.deutero.learn.shards.Job;
import org.deutero.learn.shards.Turns;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

/**
 * The work of an evaluation. All tasks come from one stream and are drawn in order, so that they do not depend on how they are cut into shards.
 *
 * @param <T> tasks in a batch
 */
final class Measurement<T extends TaskBatch<T>> implements Job<List<float[]>> {
    private final TaskSource<T> source;
    private final RandomGenerator stream;
    private final long seed;
    private final int tasks;
    private final int shard;
    private final Params statistics;
    private final Work<T> work;
    private final Turns turns = new Turns();

    /** Measures one batch: rows of one number a task. */
    @FunctionalInterface
    interface Work<T> {
        List<float[]> rows(T batch, TaskContext context, int shard);
    }

    /**
     * Nothing is drawn yet.
     *
     * @param stream at its start; nobody else draws from it
     * @param seed of whatever the learner draws
     * @param tasks number of tasks
     * @param shard tasks in an item
     * @param statistics running statistics of the learner
     */
    Measurement(
            TaskSource<T> source,
            RandomGenerator stream,
            long seed,
            int tasks,
            int shard,
            Params statistics,
            Work<T> work) {
        this.source = source;
        this.stream = stream;
        this.seed = seed;
        this.tasks = tasks;
        this.shard = shard;
        this.statistics = statistics;
        this.work = work;
    }

    @Override
    public int items() {
        return (tasks + shard - 1) / shard;
    }

    @Override
    public List<float[]> item(int number) {
        try (Scope s = Scope.open()) {
            T batch = draw(number);
            TaskContext context = TaskContext.evaluation(Seeds.branch(seed, "evaluation", number), statistics);
            return GradMode.off(() -> work.rows(batch, context, number));
        }
    }

    @Override
    @SuppressWarnings("try") // the scope works by being open
    public void skip(int number) {
        try (Scope s = Scope.open()) {
            draw(number);
        }
    }

    private T draw(int number) {
        return turns.take(number, () -> source.sample(Math.min(shard, tasks - number * shard), stream));
    }
}
