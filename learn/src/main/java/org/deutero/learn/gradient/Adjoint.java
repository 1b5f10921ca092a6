package org.deutero.learn.gradient;

import org.deutero.learn.Lifetime;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * The state of an adjoint sweep.
 *
 * @param losses meta-losses after the last step [tasks]
 * @param lambda derivative of their sum with respect to the current state
 * @param gradient what has been found of the derivative with respect to theta
 */
record Adjoint(Tensor losses, Params lambda, Params gradient) {
    /** lambda_T and the direct gradient where a trajectory ended. */
    static <T extends TaskBatch<T>> Adjoint ofMetaLoss(Lifetime<T> lifetime, Trajectory<T> trajectory) {
        return ofMetaLoss(lifetime, trajectory.last(), trajectory.steps());
    }

    /** The same where learning ended at phi after so many steps. */
    static <T extends TaskBatch<T>> Adjoint ofMetaLoss(Lifetime<T> lifetime, Params phi, int steps) {
        try (Scope s = Scope.open()) {
            Params z = phi.leaf();
            Params leaf = lifetime.theta().leaf();
            Tensor losses = lifetime.under(leaf).metaLoss(z, steps, true);
            Params inputs = Params.builder().put("z", z).put("theta", leaf).build();
            Params gradient = Autograd.gradient(losses.sum(), inputs, false);
            return new Adjoint(losses.detach(), gradient.child("z"), gradient.child("theta")).keep(s);
        }
    }

    /** The gradient with the last term, (dphi_0/dtheta)' lambda_0, added. */
    static <T extends TaskBatch<T>> Params throughBeginning(Lifetime<T> lifetime, Adjoint adjoint) {
        return throughBeginning(lifetime, adjoint.lambda, adjoint.gradient);
    }

    /** The same from its two parts. */
    static <T extends TaskBatch<T>> Params throughBeginning(Lifetime<T> lifetime, Params lambda, Params gradient) {
        try (Scope s = Scope.open()) {
            Params leaf = lifetime.theta().leaf();
            Params start = lifetime.replay().under(leaf).begin(true);
            return s.keep(gradient.add(Autograd.vjp(start, lambda, leaf, false)));
        }
    }

    /**
     * The adjoint one step earlier.
     *
     * @param product of lambda with the derivative of the step: {@code z} and {@code theta}
     */
    Adjoint before(Params product) {
        return new Adjoint(losses, product.child("z"), gradient.add(product.child("theta")));
    }

    Adjoint keep(Scope scope) {
        scope.keep(losses);
        scope.keep(lambda);
        scope.keep(gradient);
        return this;
    }

    /** Releases this scope's hold on lambda and gradient, which the next adjoint has replaced. */
    void close() {
        lambda.close();
        gradient.close();
    }
}
