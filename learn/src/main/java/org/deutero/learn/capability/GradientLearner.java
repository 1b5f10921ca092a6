package org.deutero.learn.capability;

import java.util.Optional;
import org.deutero.learn.Capability;
import org.deutero.learn.InnerGradient;
import org.deutero.learn.Learner;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A learner that follows the gradient of an inner loss: phi_{t+1} = U(grad L(phi_t, theta), phi_t, theta).
 *
 * <p>Taking a step apart into the loss and the update is what implicit differentiation (which needs L at the end) and sweeps in mixed mode
 * (which need the Hessian of L, but only a cheap derivative of U) live on.
 *
 * @param <T> tasks in a batch
 */
public interface GradientLearner<T extends TaskBatch<T>> extends Learner<T>, Capability {
    /**
     * L: the inner loss of a step, one number a task, [tasks]. Depends on the context's step if steps see different batches.
     */
    Tensor innerLoss(Params theta, Params phi, T tasks, StepContext context);

    /** The part of a fast state that the inner loss is descended in; the rest are slots and what {@link #begin} has computed once. */
    default Params weights(Params phi) {
        return phi;
    }

    /**
     * U: the step, given the gradient. Must not differentiate the inner loss itself.
     *
     * @param gradient of the inner loss with respect to {@link #weights}, each task's own
     */
    Step update(Params theta, Params phi, Params gradient, T tasks, StepContext context);

    /** lambda, if the inner loss of a step holds lambda/2 |weights - a point|^2, which adds lambda to all its curvatures; 0 if it holds nothing of the kind. */
    default double pull(StepContext context) {
        return 0;
    }

    /**
     * A rule that steps follow in place of the gradient of {@link #innerLoss}; empty for the gradient itself. Whatever differentiates the inner loss in the name of the steps cannot serve a learner
     * with such a rule.
     */
    default Optional<LocalRule<T>> localRule() {
        return Optional.empty();
    }

    @Override
    default Step step(Params theta, Params phi, T tasks, StepContext context) {
        Params rest = context.differentiable() ? phi : phi.constant();
        Params gradient = localRule()
                .map(rule -> rule.gradient(theta, rest, tasks, context, 0))
                .orElseGet(() -> InnerGradient.of(
                                (th, weights) -> innerLoss(th, rest.with(weights), tasks, context),
                                theta,
                                weights(phi),
                                context)
                        .gradient());
        return update(theta, phi, gradient, tasks, context);
    }
}
