package org.deutero.learn.run;

import java.util.Optional;
import org.deutero.learn.Seeds;
import org.deutero.learn.meta.Contribution;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.shards.Job;
import org.deutero.learn.shards.Portable;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Scope;

/**
 * One round of shards, or of portions of shards: each draws its tasks and learns them. Contributions belong to whoever asked for them. {@link Trainer} makes them; a process that does shards for another one's trainer makes equal ones.
 *
 * @param algorithm what is contributed to
 * @param source of training tasks
 * @param seed of the whole training
 * @param metaBatch tasks in the round
 * @param shard tasks in a shard
 * @param state that all start from
 * @param <T> tasks in a batch
 */
public record Round<T extends TaskBatch<T>>(
        MetaAlgorithm<T> algorithm, TaskSource<T> source, long seed, int metaBatch, int shard, MetaState state)
        implements Job<Contribution> {
    @Override
    public int items() {
        return (metaBatch + shard - 1) / shard * algorithm.portions(state);
    }

    @Override
    public Contribution item(int number) {
        int portions = algorithm.portions(state);
        int i = number / portions;
        int tasks = Math.min(shard, metaBatch - i * shard);
        try (Scope s = Scope.open()) {
            long drawn = algorithm.drawnAt(state, i);
            T batch = source.at(drawn).sample(tasks, Seeds.generator(seed, "training-tasks", drawn, i));
            return algorithm
                    .contribute(state, i, number % portions, batch, Seeds.branch(seed, "training", drawn, i))
                    .keep(s);
        }
    }

    @Override
    public Optional<Portable<Contribution>> portable() {
        return Optional.of(new Portable<>(Portable.Kind.TRAINING, state, ContributionBytes.SAFETENSORS));
    }
}
