package org.deutero.learn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.deutero.tasks.TaskBatch;

/**
 * A meta-learning system as the trainer sees it: a state, what each shard of tasks contributes, and how contributions change the
 * state. Shards are independent of each other, so they may be worked on by any number of threads or machines.
 *
 * @param <T> tasks in a batch
 */
public interface MetaAlgorithm<T extends TaskBatch<T>> {
    /** The state before training; the caller owns it. */
    MetaState init(RandomGenerator rng);

    /**
     * The iteration whose tasks and random numbers a shard is to work on: the present one, unless the shard is in the middle of something
     * that began earlier. Called on worker threads.
     */
    default long drawnAt(MetaState state, int shard) {
        return state.iteration();
    }

    /**
     * What a shard contributes. Called on worker threads.
     *
     * @param shard its number, from 0
     * @param tasks of the shard
     * @param seed of everything random in these tasks' learning
     */
    Contribution contribute(MetaState state, int shard, T tasks, long seed);

    /** What the first shard contributes. */
    default Contribution contribute(MetaState state, T tasks, long seed) {
        return contribute(state, 0, tasks, seed);
    }

    /**
     * The next state, from the contributions in shard order; the caller owns it.
     *
     * <p>An iteration may take several rounds: if the next state has the iteration of the present one, shards contribute once more, to the next state and on the
     * same tasks and seeds. Only whole iterations are logged, validated and stored.
     *
     * @throws NonFiniteException if the update would not be a finite number
     */
    Outcome update(MetaState state, List<Contribution> shards);

    /** The trained learner. */
    Predictor<T> learner();

    /** The estimator's name, for metrics and checkpoints. */
    String estimator();

    /**
     * What an update did.
     *
     * @param state the next state
     * @param loss mean meta-loss over all tasks, before the update
     * @param gradientNorm Euclidean norm of the meta-gradient before clipping
     * @param diagnostics what the estimator knows of its own quality, means over tasks; see {@link Estimate#diagnostics()}
     */
    record Outcome(MetaState state, double loss, double gradientNorm, Map<String, Double> diagnostics) {
        /** This round and the next one of the same iteration: the loss and norm of the first, the state after both. */
        public Outcome then(Outcome next) {
            Map<String, Double> all = new LinkedHashMap<>(diagnostics);
            all.putAll(next.diagnostics);
            return new Outcome(next.state, loss, gradientNorm, all);
        }
    }
}
