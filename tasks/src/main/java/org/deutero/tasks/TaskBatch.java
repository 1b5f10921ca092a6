package org.deutero.tasks;

/**
 * Tasks in one batch; tensors lead with the task dimension.
 *
 * @param <T> the batch type itself
 */
public interface TaskBatch<T extends TaskBatch<T>> {

    /** The number of tasks. */
    int size();

    /** Tasks {@code from} (included) to {@code to} (excluded), as a view: this is how a meta-batch is cut into shards. */
    T slice(int from, int to);

    /** These tasks so many times over, one whole batch after the other: this is how a population meets the same tasks. */
    T repeat(int times);
}
