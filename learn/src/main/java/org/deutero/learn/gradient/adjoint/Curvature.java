package org.deutero.learn.gradient.adjoint;

import org.deutero.learn.gradient.solver.LinearSolver;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * Products with the second derivatives of an inner loss without a graph of its gradient: since second derivatives are symmetric, (H u, C' u)
 * is the directional derivative, along u, of the map to both gradients of L.
 */
interface Curvature {
    /**
     * (H u, C' u) at phi, as trees {@code z} (all of the fast state, since the loss may depend on more than the weights) and {@code theta}.
     *
     * @param u a direction for the weights, [tasks, ...]
     */
    <T extends TaskBatch<T>> Params along(InnerLoss<T> loss, Params phi, Params u);

    /** Both gradients of the inner loss, each task's times its weight if weights are given. */
    private static <T extends TaskBatch<T>> Params gradients(
            InnerLoss<T> loss, Params phi, Params weights, Tensor taskWeights) {
        return GradMode.on(() -> {
            Params z = phi.leaf().with(weights);
            Params inputs = Params.builder()
                    .put("z", z)
                    .put("theta", loss.theta().leaf())
                    .build();
            Tensor losses = loss.of(inputs.child("theta"), z);
            Tensor total =
                    taskWeights == null ? losses.sum() : losses.mul(taskWeights).sum();
            return Autograd.gradient(total, inputs, false);
        });
    }

    /** Forward mode over reverse mode (MixFlow-MG; Kemaev et al. 2025): exact, with the memory of a plain gradient and its tangents. */
    enum ForwardOverReverse implements Curvature {
        /** The only one. */
        INSTANCE;

        @Override
        public <T extends TaskBatch<T>> Params along(InnerLoss<T> loss, Params phi, Params u) {
            return Autograd.jvp(weights -> gradients(loss, phi, weights, null), loss.weights(phi), u);
        }
    }

    /**
     * A central difference of both gradients (DARTS; Liu, Simonyan, Yang 2019), each task with a step of its own: {@code scale} divided by the
     * norm of its direction.
     *
     * @param scale norm of the displacement
     */
    record CentralDifference(double scale) implements Curvature {
        @Override
        public <T extends TaskBatch<T>> Params along(InnerLoss<T> loss, Params phi, Params u) {
            try (Scope s = Scope.open()) {
                // A task without a direction has no derivative along it; any positive norm says so.
                Tensor norms = u.dotPerTask(u).sqrt().add(LinearSolver.TINY);
                Params step = u.mulPerTask(norms.pow(-1).mul(scale));
                Tensor perTask = norms.mul(0.5 / scale);
                Params weights = loss.weights(phi);
                Params ahead = gradients(loss, phi, weights.add(step).leaf(), perTask);
                Params behind = gradients(loss, phi, weights.sub(step).leaf(), perTask);
                return s.keep(ahead.sub(behind));
            }
        }
    }
}
