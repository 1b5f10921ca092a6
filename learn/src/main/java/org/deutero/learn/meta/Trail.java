package org.deutero.learn.meta;

import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * What is left of lifetimes that were gone through once, to come back to.
 *
 * @param estimate the losses at the end, and the direction for what a replay does not move
 * @param steps which steps the points stand before, int64 [tasks, points]
 * @param states whole fast states before these steps, optimiser slots included, [tasks, points, ...]
 */
public record Trail(Estimate estimate, Tensor steps, Params states) {
    /** Points of all tasks. */
    public int points() {
        return (int) steps.numel();
    }

    /** Points of a task. */
    public int perTask() {
        return (int) steps.size(1);
    }

    /** The state at a point of a task, as a batch of that task alone, [1, ...]. */
    public Params state(int task, int point) {
        return states.map(t -> t.select(0, task).slice(0, point, point + 1));
    }

    /** The step that a point of a task stands before. */
    public int step(int task, int point) {
        return (int) steps.longs()[task * perTask() + point];
    }

    /** Moves all tensors out of a scope. */
    public Trail keep(Scope scope) {
        estimate.keep(scope);
        scope.keep(steps);
        scope.keep(states);
        return this;
    }
}
