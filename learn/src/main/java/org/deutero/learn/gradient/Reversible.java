package org.deutero.learn.gradient;

import java.util.Optional;
import org.deutero.learn.Estimate;
import org.deutero.learn.Learner;
import org.deutero.learn.MetaGradient;
import org.deutero.learn.ReversibleLearner;
import org.deutero.learn.TaskContext;
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
        return learner instanceof ReversibleLearner<?> reversible
                ? reversible.irreversible()
                : Optional.of("its steps cannot be undone; expected gradient descent with momentum");
    }

    @Override
    public <T extends TaskBatch<T>> Estimate estimate(Learner<T> any, Params theta, T tasks, TaskContext context) {
        require(any);
        ReversibleLearner<T> learner = (ReversibleLearner<T>) any;
        try (Scope s = Scope.open()) {
            int steps = learner.steps(tasks);
            var trajectory = new Trajectory<>(learner, theta, tasks, context, steps, 1);
            Adjoint adjoint = Adjoint.ofMetaLoss(learner, theta, trajectory, tasks, context);
            Params constant = theta.detach();
            Params phi = trajectory.last();
            for (int t = steps - 1; t >= 0; t--) {
                Adjoint after = adjoint;
                Params next = phi;
                int step = t;
                try (Scope inner = Scope.open()) {
                    phi = inner.keep(GradMode.off(() -> learner.undo(
                                    constant, next, tasks, context.replay().at(step, false)))
                            .detach());
                    adjoint = TapedStep.INSTANCE
                            .through(learner, theta, phi, tasks, context, t, after)
                            .keep(inner);
                }
                after.close();
                if (t < steps - 1) {
                    next.close();
                }
            }
            Params error = Params.of("reversal-error", reversalError(learner, constant, phi, tasks, context));
            Params gradient = Adjoint.throughBeginning(learner, theta, tasks, context, adjoint);
            return new Estimate(Sums.add(adjoint.losses(), trajectory.met()), gradient, error).keep(s);
        }
    }

    /** How far the recovered start is from the true one, relative to it, [tasks]. */
    private <T extends TaskBatch<T>> Tensor reversalError(
            ReversibleLearner<T> learner, Params theta, Params recovered, T tasks, TaskContext context) {
        Params start = learner.weights(
                learner.begin(theta, tasks, context.replay().at(0, false)).detach());
        Params difference = learner.weights(recovered).sub(start);
        Tensor error = difference
                .dotPerTask(difference)
                .div(start.dotPerTask(start).add(Sums.TINY))
                .sqrt();
        double worst = error.max(0).item();
        // The negation catches NaN.
        if (!(worst <= tolerance)) {
            throw new OptionsException(String.format(
                    "meta-gradient reversible got back to the start of the inner loop only to a relative error of %.2g after %d steps in %s, and %.2g is allowed; use float64, fewer steps, a larger momentum, or sweep",
                    worst, learner.steps(tasks), Tensors.zerosLike(error).dtype(), tolerance));
        }
        return error;
    }
}
