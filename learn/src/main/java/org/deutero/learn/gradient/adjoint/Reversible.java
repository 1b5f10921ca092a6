package org.deutero.learn.gradient.adjoint;

import java.util.Optional;
import org.deutero.learn.Capability;
import org.deutero.learn.Learner;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.StepContext;
import org.deutero.learn.Trace;
import org.deutero.learn.capability.ReversibleLearner;
import org.deutero.learn.gradient.solver.LinearSolver;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * The adjoint sweep without stored states: steps are undone on the way back (Maclaurin, Duvenaud, Adams 2015, arXiv 1502.03492), which gradient descent with
 * momentum allows.
 *
 * <p>Undoing multiplies rounding errors by momentum^-T (momentum 0.9, 100 steps: 4e4), so this is for float64 or few steps. The recovered start is
 * compared with the true one: the relative error is the diagnostic {@code reversal-error}, and beyond the tolerance the estimate is refused.
 *
 * @param tolerance of the relative error of the recovered start
 */
public record Reversible(double tolerance) implements MetaGradient {
    @Override
    public String name() {
        return "reversible";
    }

    @Override
    public String describe() {
        return "exact gradient by an adjoint sweep that undoes the steps of descent with momentum; rounding errors grow as momentum^-T";
    }

    @Override
    public String cost() {
        return "memory 4 P + a2, time 5 T c";
    }

    @Override
    public Optional<String> misfit(Learner<?> learner) {
        return why(learner);
    }

    private static <T extends TaskBatch<T>> Optional<String> why(Learner<T> learner) {
        Optional<ReversibleLearner<T>> reversible = Capability.of(learner, ReversibleLearner.class);
        return reversible.isPresent()
                ? reversible.get().irreversible()
                : Optional.of("its steps cannot be undone; expected gradient descent with momentum");
    }

    @Override
    public <T extends TaskBatch<T>> Estimate estimate(Lifetime<T> lifetime) {
        require(lifetime.learner());
        Optional<ReversibleLearner<T>> reversible = Capability.of(lifetime.learner(), ReversibleLearner.class);
        ReversibleLearner<T> learner = reversible.orElseThrow();
        try (Scope s = Scope.open()) {
            Lifetime<T> constant = lifetime.detach();
            Passage end = constant.run(Trace.NONE);
            int steps = end.age();
            Adjoint adjoint = Adjoint.ofMetaLoss(lifetime, end.state(), steps);
            Params phi = end.state();
            for (int t = steps - 1; t >= 0; t--) {
                Adjoint after = adjoint;
                Params next = phi;
                StepContext at = lifetime.context().replay().at(t, false);
                try (Scope inner = Scope.open()) {
                    phi = inner.keep(GradMode.off(() -> learner.undo(constant.theta(), next, lifetime.tasks(), at))
                            .detach());
                    adjoint =
                            TapedStep.INSTANCE.through(lifetime, phi, t, after).keep(inner);
                }
                after.close();
                if (t < steps - 1) {
                    next.close();
                }
            }
            Params error = Params.of("reversal-error", reversalError(learner, constant, phi));
            Params gradient = Adjoint.throughBeginning(lifetime, adjoint);
            return new Estimate(LifetimeLoss.of(adjoint.losses(), end.loss()), gradient, error).keep(s);
        }
    }

    /** How far the recovered start is from the true one, relative to it, [tasks]. */
    private <T extends TaskBatch<T>> Tensor reversalError(
            ReversibleLearner<T> learner, Lifetime<T> lifetime, Params recovered) {
        Params start = learner.weights(lifetime.replay().begin(false).detach());
        Params difference = learner.weights(recovered).sub(start);
        Tensor error = difference
                .dotPerTask(difference)
                .div(start.dotPerTask(start).add(LinearSolver.TINY))
                .sqrt();
        double worst = error.max(0).item();
        // The negation catches NaN.
        if (!(worst <= tolerance)) {
            throw new OptionsException(String.format(
                    "meta-gradient reversible got back to the start of the inner loop only to a relative error of %.2g after %d steps in %s, and %.2g is allowed; use float64, fewer steps, a larger momentum, or sweep",
                    worst, lifetime.steps(), Tensors.zerosLike(error).dtype(), tolerance));
        }
        return error;
    }
}
