package org.deutero.learn.gradient;

import org.deutero.learn.Lifetime;
import org.deutero.learn.Step;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

/**
 * Back over a step phi_{t+1} = U(grad L(phi_t, theta), phi_t, theta) in two parts: a vector-Jacobian product with the cheap U, which
 * yields a cotangent u of the inner gradient, and the product of u with the second derivatives of L.
 *
 * @param curvature how the second derivatives are multiplied with
 */
record SplitStep(Curvature curvature) implements Backward {
    @Override
    public <T extends TaskBatch<T>> Adjoint through(Lifetime<T> lifetime, Params phi, int t, Adjoint after) {
        InnerLoss<T> loss = InnerLoss.of(lifetime.replay(), t, true);
        try (Scope s = Scope.open()) {
            Params throughUpdate = throughUpdate(loss, phi, after);
            Params products = curvature.along(loss, phi, throughUpdate.child("u"));
            Params z = throughUpdate.child("z").add(products.child("z"));
            Params shared = throughUpdate.child("theta").add(products.child("theta"));
            return after.before(
                            Params.builder().put("z", z).put("theta", shared).build())
                    .keep(s);
        }
    }

    /** Cotangents of U's three arguments: {@code u}, {@code z}, {@code theta}. */
    private static <T extends TaskBatch<T>> Params throughUpdate(InnerLoss<T> loss, Params phi, Adjoint after) {
        try (Scope s = Scope.open()) {
            Params gradient = loss.with(false).gradient(phi);
            Params inputs = Params.builder()
                    .put("u", gradient.leaf())
                    .put("z", phi.leaf())
                    .put("theta", loss.theta().leaf())
                    .build();
            Step step = loss.learner()
                    .update(inputs.child("theta"), inputs.child("z"), inputs.child("u"), loss.tasks(), loss.at());
            return s.keep(TapedStep.product(step, after, inputs));
        }
    }
}
