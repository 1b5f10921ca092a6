package org.deutero.testkit;

import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.ReversibleLearner;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * Descent with momentum on {@link QuadraticTasks} in the form of Maclaurin, Duvenaud, Adams 2015: {@code v <- gamma v - (1 - gamma) grad, phi <- phi + alpha v}.
 * Meta-parameters are those of {@link QuadraticLearner} and {@code rate} (alpha) and {@code momentum} (gamma), [1] each.
 *
 * @param steps number of steps
 * @param rho weight of the direct term in lin
 */
public record MomentumQuadraticLearner(int steps, double rho) implements ReversibleLearner<QuadraticTasks> {
    private QuadraticLearner plain() {
        return new QuadraticLearner(0, steps, rho);
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return plain().metaParameters(rng)
                .with(Params.builder()
                        .put("rate", Tensor.of(new double[] {0.3}, 1))
                        .put("momentum", Tensor.of(new double[] {0.9}, 1))
                        .build());
    }

    @Override
    public Params begin(Params theta, QuadraticTasks tasks, StepContext context) {
        Params start = plain().begin(theta, tasks, context);
        return start.with(start.zerosLike().under("v"));
    }

    @Override
    public Params weights(Params phi) {
        return phi.filter("phi"::equals);
    }

    @Override
    public Tensor innerLoss(Params theta, Params phi, QuadraticTasks tasks, StepContext context) {
        return plain().innerLoss(theta, phi, tasks, context);
    }

    @Override
    public Step update(Params theta, Params phi, Params gradient, QuadraticTasks tasks, StepContext context) {
        Tensor gamma = theta.get("momentum");
        Tensor v = phi.get("v.phi")
                .mul(gamma)
                .sub(gradient.get("phi").mul(gamma.neg().add(1)));
        return Step.of(state(phi.get("phi").add(v.mul(theta.get("rate"))), v));
    }

    private static Params state(Tensor phi, Tensor v) {
        return Params.builder().put("phi", phi).put("v.phi", v).build();
    }

    @Override
    public Params undo(Params theta, Params after, QuadraticTasks tasks, StepContext context) {
        Tensor gamma = theta.get("momentum");
        Tensor v = after.get("v.phi");
        Tensor phi = after.get("phi").sub(v.mul(theta.get("rate")));
        Params leaf = Params.of("phi", phi).leaf();
        Params gradient = GradMode.on(
                () -> Autograd.gradient(innerLoss(theta, leaf, tasks, context).sum(), leaf, false));
        return state(phi, v.add(gradient.get("phi").mul(gamma.neg().add(1))).div(gamma));
    }

    @Override
    public int steps(QuadraticTasks tasks) {
        return steps;
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, QuadraticTasks tasks, StepContext context) {
        return plain().metaLoss(theta, phi, tasks, context);
    }
}
