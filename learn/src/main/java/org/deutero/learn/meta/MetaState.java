package org.deutero.learn.meta;

import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

/**
 * Everything that meta-training carries from one iteration to the next. Immutable; its native memory belongs to whoever holds it and is
 * released by {@link #close()}.
 *
 * @param iteration number of updates made
 * @param theta meta-parameters
 * @param slots of the meta-optimiser
 * @param statistics running statistics that have no gradient
 * @param carry what else the algorithm carries, such as unfinished lifetimes; named by it
 */
public record MetaState(long iteration, Params theta, Params slots, Params statistics, Params carry)
        implements AutoCloseable {
    /** A state that carries nothing else. */
    public MetaState(long iteration, Params theta, Params slots, Params statistics) {
        this(iteration, theta, slots, statistics, Params.EMPTY);
    }

    /** Moves all tensors out of a scope. */
    public MetaState keep(Scope scope) {
        scope.keep(theta);
        scope.keep(slots);
        scope.keep(statistics);
        scope.keep(carry);
        return this;
    }

    /** The same state with more slots. */
    public MetaState withSlots(Params more) {
        return new MetaState(iteration, theta, slots.with(more), statistics, carry);
    }

    /** The same values in a state that shares no tensor object with this one, which may then be closed. */
    public MetaState detach() {
        return new MetaState(iteration, theta.detach(), slots.detach(), statistics.detach(), carry.detach());
    }

    /** All tensors as one tree, for a file. */
    public Params toParams() {
        return Params.builder()
                .put("theta", theta)
                .put("slots", slots)
                .put("statistics", statistics)
                .put("carry", carry)
                .build();
    }

    /** The inverse of {@link #toParams()}. */
    public static MetaState of(long iteration, Params tree) {
        return new MetaState(
                iteration, tree.child("theta"), tree.child("slots"), tree.child("statistics"), tree.child("carry"));
    }

    @Override
    public void close() {
        theta.close();
        slots.close();
        statistics.close();
        carry.close();
    }
}
