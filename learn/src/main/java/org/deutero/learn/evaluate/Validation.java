package org.deutero.learn.evaluate;

import org.deutero.learn.Predictor;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.shards.Shards;
import org.deutero.tasks.TaskBatch;

/**
 * How learners are looked at while they are meta-trained: one figure, on tasks of its own.
 *
 * @param <T> tasks in a batch
 */
public interface Validation<T extends TaskBatch<T>> {
    /** Name of what is measured. */
    String measured();

    /** Whether more of it is better. */
    boolean higherIsBetter();

    /** Measures. */
    Summary look(Predictor<T> learner, MetaState state, Shards shards);
}
