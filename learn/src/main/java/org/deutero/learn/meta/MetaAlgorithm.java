package org.deutero.learn.meta;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.learn.Predictor;
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

    /**
     * In how many portions the work on a shard is cut that do not part its tasks: those of a population. Portions of a shard see the same tasks
     * and the same seed, and may be worked on by several threads.
     */
    default int portions(MetaState state) {
        return 1;
    }

    /**
     * What one portion of a shard contributes; all of them together contribute what {@link #contribute(MetaState, int, TaskBatch, long)} does. Called
     * on worker threads.
     *
     * @param portion its number, from 0
     */
    default Contribution contribute(MetaState state, int shard, int portion, T tasks, long seed) {
        return contribute(state, shard, tasks, seed);
    }

    /** What the first shard contributes. */
    default Contribution contribute(MetaState state, T tasks, long seed) {
        return contribute(state, 0, tasks, seed);
    }

    /**
     * The next state, from the contributions in the order of shards and, within a shard, of portions; the caller owns it.
     *
     * <p>An iteration may take several rounds: if the next state has the iteration of the present one, shards contribute once more, to the next state and on the
     * same tasks and seeds. Only whole iterations are logged, validated and stored.
     *
     * @throws NonFiniteException if the update would not be a finite number
     */
    Outcome update(MetaState state, List<Contribution> shards);

    /** Why there is nothing left to do, as far as the algorithm itself can tell; training then ends before its last iteration. */
    default Optional<String> finished(MetaState state) {
        return Optional.empty();
    }

    /** The trained learner. */
    Predictor<T> learner();

    /** The estimator's name, for metrics and checkpoints. */
    String estimator();

    /**
     * What an update did.
     *
     * @param state the next state
     * @param loss mean meta-loss over all tasks, before the update
     * @param gradientNorm Euclidean norm of the meta-gradient before clipping; of the step, where there is no gradient
     * @param diagnostics what the estimator knows of its own quality, means over tasks; see {@link Estimate#diagnostics()}
     */
    record Outcome(MetaState state, double loss, double gradientNorm, Map<String, Double> diagnostics) {
        /** This round and the next one of the same iteration: the loss of the first, the norm of the first that has a gradient, the state after both. */
        public Outcome then(Outcome next) {
            Map<String, Double> all = new LinkedHashMap<>(diagnostics);
            all.putAll(next.diagnostics);
            return new Outcome(next.state, loss, gradientNorm == 0 ? next.gradientNorm : gradientNorm, all);
        }
    }
}
