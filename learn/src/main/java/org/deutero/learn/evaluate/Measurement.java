package org.deutero.learn.evaluate;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Predictor;
import org.deutero.learn.Seeds;
import org.deutero.learn.TaskContext;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.shards.Job;
import org.deutero.learn.shards.Portable;
import org.deutero.learn.shards.Turns;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.GradMode;
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
    private final Predictor<T> learner;
    private final MetaState state;
    private final Work<T> work;
    private final Turns turns = new Turns();

    /** Measures one batch: rows of one number a task. */
    @FunctionalInterface
    interface Work<T extends TaskBatch<T>> {
        List<float[]> rows(Lifetime<T> lifetime, int shard);
    }

    /**
     * Nothing is drawn yet.
     *
     * @param seed of the tasks, and of whatever the learner draws
     * @param tasks number of tasks
     * @param shard tasks in an item
     * @param learner who learns
     * @param state its meta-parameters and running statistics
     */
    Measurement(
            TaskSource<T> source,
            long seed,
            int tasks,
            int shard,
            Predictor<T> learner,
            MetaState state,
            Work<T> work) {
        this.source = source;
        this.stream = Evaluator.stream(seed);
        this.seed = seed;
        this.tasks = tasks;
        this.shard = shard;
        this.learner = learner;
        this.state = state;
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
            TaskContext context = TaskContext.evaluation(Seeds.branch(seed, "evaluation", number), state.statistics());
            Lifetime<T> lifetime = new Lifetime<>(learner, state.theta(), batch, context);
            return GradMode.off(() -> work.rows(lifetime, number));
        }
    }

    @Override
    @SuppressWarnings("try") // the scope works by being open
    public void skip(int number) {
        try (Scope s = Scope.open()) {
            draw(number);
        }
    }

    @Override
    public Optional<Portable<List<float[]>>> portable() {
        return Optional.of(new Portable<>(Portable.Kind.EVALUATION, state, RowBytes.PLAIN));
    }

    private T draw(int number) {
        return turns.take(number, () -> source.sample(Math.min(shard, tasks - number * shard), stream));
    }
}
