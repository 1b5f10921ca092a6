package org.deutero.learn.meta;

import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

/**
 * What the tasks of one shard say about the next update: sums over its tasks, so that shards can be added in any grouping; they are always
 * added in shard order, which makes the result independent of the number of workers.
 *
 * @param tasks number of tasks
 * @param loss sum of their meta-losses
 * @param values trees of sums, named by the algorithm
 * @param carry what the shard itself goes on from in the next iteration; not added to anything
 */
public record Contribution(int tasks, double loss, Params values, Params carry) implements AutoCloseable {
    /** What a shard contributes that starts afresh in the next iteration. */
    public Contribution(int tasks, double loss, Params values) {
        this(tasks, loss, values, Params.EMPTY);
    }

    /** Moves all tensors out of a scope. */
    public Contribution keep(Scope scope) {
        scope.keep(values);
        scope.keep(carry);
        return this;
    }

    @Override
    public void close() {
        values.close();
        carry.close();
    }
}
