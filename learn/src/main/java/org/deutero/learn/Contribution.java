package org.deutero.learn;

import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

/**
 * What the tasks of one shard say about the next update: sums over its tasks, so that shards can be added in any grouping; they are always
 * added in shard order, which makes the result independent of the number of workers.
 *
 * @param tasks number of tasks
 * @param loss sum of their meta-losses
 * @param values trees of sums, named by the algorithm
 */
public record Contribution(int tasks, double loss, Params values) implements AutoCloseable {
    /** Moves all tensors out of a scope. */
    public Contribution keep(Scope scope) {
        scope.keep(values);
        return this;
    }

    @Override
    public void close() {
        values.close();
    }
}
