package org.deutero.tasks;

import java.util.random.RandomGenerator;

/**
 * Where tasks are drawn from. Thread-safe and immutable: equal generators give equal tasks.
 *
 * <p>A source keeps no position: a fixed list of test tasks is the same source sampled with the same seed. The tensors
 * of a batch belong to the {@code Scope} that is open when it is drawn.
 *
 * @param <T> the kind of batch
 */
public interface TaskSource<T extends TaskBatch<T>> {

    /**
     * Draws tasks, one after the other: drawing a and then b from one generator gives the tasks that drawing a + b gives.
     *
     * @param tasks how many, at least 1
     * @param rng the only source of chance
     */
    T sample(int tasks, RandomGenerator rng);

    /** The source as it is after so many meta-updates, for tasks that change in the course of meta-training; as a rule itself. Tests are drawn from the source as it was given. */
    default TaskSource<T> at(long iteration) {
        return this;
    }
}
