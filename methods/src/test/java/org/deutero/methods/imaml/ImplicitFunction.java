package org.deutero.methods.imaml;

import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * Implicit differentiation of a learner's inner loss after its last step, written down plainly: g = - C' q, (H + damping) q = grad F, by conjugate
 * gradients from zero.
 */
record ImplicitFunction(GradientLearner<Episodes> learner, Params theta, Params phi, Episodes tasks) {
    private StepContext end() {
        return TaskContext.training(1).at(learner.steps(tasks), true);
    }

    Tensor losses() {
        return learner.metaLoss(theta, phi, tasks, end());
    }

    Params outerGradient() {
        Params leaf = phi.leaf();
        return Autograd.gradient(learner.metaLoss(theta, leaf, tasks, end()).sum(), leaf, false);
    }

    /** (H + damping) v, each task's own. */
    Params curvature(Params v, double damping) {
        return Autograd.hessianVector(
                        p -> learner.innerLoss(theta, p, tasks, end()).sum(), phi, v)
                .addScaled(v, damping);
    }

    /** q after some iterations; a task that has converged stays where it is. */
    Params solve(int iterations, double damping) {
        Params r = outerGradient();
        Params q = r.zerosLike();
        Params d = r;
        Tensor squared = r.dotPerTask(r);
        for (int i = 0; i < iterations; i++) {
            Params product = curvature(d, damping);
            Tensor length = squared.div(d.dotPerTask(product).add(1e-300));
            q = q.add(d.mulPerTask(length));
            r = r.sub(product.mulPerTask(length));
            Tensor next = r.dotPerTask(r);
            d = r.add(d.mulPerTask(next.div(squared.add(1e-300))));
            squared = next;
        }
        return q;
    }

    /** The gradient of the sum over tasks. */
    Params gradient(Params q) {
        Params shared = theta.leaf();
        Params weights = phi.leaf();
        Params inner = Autograd.gradient(
                learner.innerLoss(shared, weights, tasks, end()).sum(), weights, true);
        return Autograd.gradient(inner.dot(q), shared, false).mul(-1);
    }
}
