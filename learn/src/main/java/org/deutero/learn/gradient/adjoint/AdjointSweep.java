package org.deutero.learn.gradient.adjoint;

import org.deutero.learn.Lifetime;
import org.deutero.learn.meta.Estimate;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

/**
 * What all sweeps share: the inner loop without a graph, then lambda_T = dF/dphi_T, lambda_t = A_t' lambda_{t+1} and g = dF/dtheta + sum_t B_t'
 * lambda_{t+1} + (dphi_0/dtheta)' lambda_0.
 *
 * @param store which states are kept
 * @param last the number of last steps to go back over; if that is not all, the start gets nothing
 * @param backward how to get back over a step
 */
record AdjointSweep(Store store, int last, Backward backward) {
    /** Over all steps. */
    AdjointSweep(Store store, Backward backward) {
        this(store, Integer.MAX_VALUE, backward);
    }

    <T extends TaskBatch<T>> Estimate estimate(Lifetime<T> lifetime) {
        try (Scope s = Scope.open()) {
            int steps = lifetime.steps();
            int from = Math.max(0, steps - last);
            var trajectory = new Trajectory<>(lifetime, from, store.interval(steps - from));
            Adjoint adjoint = Adjoint.ofMetaLoss(lifetime, trajectory);
            for (int i = trajectory.segments() - 1; i >= 0; i--) {
                Adjoint before = adjoint;
                try (Scope inner = Scope.open()) {
                    adjoint = back(lifetime, trajectory, i, before).keep(inner);
                }
                before.close();
            }
            Params gradient = adjoint.gradient();
            if (from == 0) {
                gradient = Adjoint.throughBeginning(lifetime, adjoint);
            } else {
                UntrainedStart.check(
                        lifetime,
                        gradient,
                        "going back over the last " + last + " of " + steps + " steps",
                        "use sweep, identity or first-order, or go back over all steps");
            }
            return new Estimate(LifetimeLoss.of(adjoint.losses(), trajectory.met()), gradient).keep(s);
        }
    }

    @SuppressWarnings("ReferenceEquality") // the very one that belongs to the caller
    private <T extends TaskBatch<T>> Adjoint back(
            Lifetime<T> lifetime, Trajectory<T> trajectory, int segment, Adjoint adjoint) {
        var states = trajectory.segment(segment);
        Adjoint current = adjoint;
        for (int i = states.size() - 1; i >= 0; i--) {
            Adjoint after = current;
            int t = trajectory.firstStep(segment) + i;
            try (Scope s = Scope.open()) {
                current = backward.through(lifetime, states.get(i), t, after).keep(s);
            }
            // The first one belongs to the caller.
            if (after != adjoint) {
                after.close();
            }
        }
        return current;
    }
}
