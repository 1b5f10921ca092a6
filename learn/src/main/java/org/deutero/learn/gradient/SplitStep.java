package org.deutero.learn.gradient;

import org.deutero.learn.GradientLearner;
import org.deutero.learn.InnerGradient;
import org.deutero.learn.Learner;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
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
    public <T extends TaskBatch<T>> Adjoint through(
            Learner<T> any, Params theta, Params phi, T tasks, TaskContext context, int t, Adjoint after) {
        GradientLearner<T> learner = (GradientLearner<T>) any;
        StepContext at = context.replay().at(t, true);
        try (Scope s = Scope.open()) {
            Params throughUpdate = throughUpdate(learner, theta, phi, tasks, at, after);
            Params products = curvature.along(learner, theta, phi, tasks, at, throughUpdate.child("u"));
            Params z = throughUpdate.child("z").add(products.child("z"));
            Params shared = throughUpdate.child("theta").add(products.child("theta"));
            return after.before(
                            Params.builder().put("z", z).put("theta", shared).build())
                    .keep(s);
        }
    }

    /** Cotangents of U's three arguments: {@code u}, {@code z}, {@code theta}. */
    private static <T extends TaskBatch<T>> Params throughUpdate(
            GradientLearner<T> learner, Params theta, Params phi, T tasks, StepContext at, Adjoint after) {
        try (Scope s = Scope.open()) {
            StepContext constant = at.task().at(at.step(), false);
            Params gradient = InnerGradient.of(
                            (th, weights) -> learner.innerLoss(th, phi.with(weights), tasks, constant),
                            theta,
                            learner.weights(phi),
                            constant)
                    .gradient();
            Params inputs = Params.builder()
                    .put("u", gradient.leaf())
                    .put("z", phi.leaf())
                    .put("theta", theta.leaf())
                    .build();
            Step step = learner.update(inputs.child("theta"), inputs.child("z"), inputs.child("u"), tasks, at);
            return s.keep(TapedStep.product(step, after, inputs));
        }
    }
}
