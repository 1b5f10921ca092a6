package org.deutero.learn.run;

import java.nio.file.Path;
import org.deutero.learn.evaluate.Summary;
import org.deutero.learn.meta.MetaAlgorithm;

/** Hears of training as it goes on, on the trainer's thread. */
public interface TrainingListener {
    /** Training starts, or goes on, after this many iterations. */
    default void started(Plan plan, long iteration) {}

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
