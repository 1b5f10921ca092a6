package org.deutero.learn.run;

import java.nio.file.Path;
import java.util.Map;
import org.deutero.learn.evaluate.Summary;
import org.deutero.learn.meta.MetaAlgorithm;

/** Hears of training as it goes on, on the trainer's thread. */
public interface TrainingListener {
    /** Training starts, or goes on, after this many iterations. */
    default void started(Plan plan, long iteration) {}

    /**
     * What this listener would have to know to go on as if training had never stopped; it goes into each checkpoint beside the state and comes back by {@link #restore}.
     * The empty map if there is nothing, which leaves checkpoints as they are without the listener.
     */
    default Map<String, String> memory() {
        return Map.of();
    }

    /** Training goes on from a checkpoint with this metadata, before {@link #started}. */
    default void restore(Map<String, String> metadata) {}

    /**
     * Asked after each update and its validation: whether training is to end here. It ends with a checkpoint, from which it goes on to the same bits as if it had not been stopped.
     */
    default boolean stop() {
        return false;
    }

    /** Training ended because a listener asked for it; {@link #finished} does not follow. */
    default void stopped(long iteration) {}

    /**
     * An update was made.
     *
     * @param iteration number of updates made
     * @param outcome what it did; its state belongs to the trainer
     */
    default void iteration(long iteration, MetaAlgorithm.Outcome outcome) {}

    /** The learner was measured on validation tasks. */
    default void validated(long iteration, String measure, Summary summary, boolean best) {}

    /** A checkpoint was written. */
    default void saved(long iteration, Path file) {}

    /** The meta-algorithm itself found that there is nothing left to do, for this reason; {@link #finished} follows. */
    default void converged(long iteration, String reason) {}

    /** Training ended; {@code early} if validation had stopped improving. */
    default void finished(long iteration, boolean early) {}
}
