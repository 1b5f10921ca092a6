package org.deutero.learn.gradient.adjoint;

import org.deutero.learn.Lifetime;
import org.deutero.learn.Step;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * The derivative of every step with respect to its state taken as the identity: g = dF/dtheta + (sum_t B_t)' lambda_T +
 * (dphi_0/dtheta)' lambda_T.
 *
 * <p>With one step this is T1-T2 (Luketina, Berglund, Greff, Raiko 2016). It keeps the mixed second derivative of the step, which {@link Unroll#FIRST_ORDER} leaves out too. Losses met on the way reach theta only directly and through their own step's state as if it were constant.
 */
public record IdentityJacobian() implements MetaGradient {
    @Override
    public String name() {
        return "identity";
    }

    @Override
    public String describe() {
        return "how a step's state depends on the state before is taken as the identity: curvature along the inner loop is left out";
    }

    @Override
    public String cost() {
        return "memory T P + a2, time T c + 3 T c";
    }

    @Override
    public <T extends TaskBatch<T>> Estimate estimate(Lifetime<T> lifetime) {
        try (Scope s = Scope.open()) {
            var trajectory = new Trajectory<>(lifetime, 0, 1);
            Adjoint adjoint = Adjoint.ofMetaLoss(lifetime, trajectory);
            for (int t = trajectory.steps() - 1; t >= 0; t--) {
                Adjoint before = adjoint;
                try (Scope inner = Scope.open()) {
                    Params state = trajectory.segment(t).get(0);
                    Params leaf = lifetime.theta().leaf();
                    Step step = lifetime.replay().under(leaf).step(state.leaf(), t, true);
                    Params product = Autograd.vjp(step.state(), before.lambda(), leaf, step.loss() != null);
                    if (step.loss() != null) {
                        product = product.add(Autograd.gradient(step.loss().sum(), leaf, false));
                    }
                    adjoint = new Adjoint(
                                    before.losses(),
                                    before.lambda(),
                                    before.gradient().add(product.detach()))
                            .keep(inner);
                }
            }
            Params gradient = Adjoint.throughBeginning(lifetime, adjoint);
            Tensor losses = LifetimeLoss.of(adjoint.losses(), trajectory.met());
            return new Estimate(s.keep(losses), s.keep(gradient));
        }
    }
}
