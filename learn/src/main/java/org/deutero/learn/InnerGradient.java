package org.deutero.learn;

import org.deutero.tensor.Autograd;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * The gradient of an inner loss with respect to the fast state, differentiable or not as the context demands.
 *
 * @param gradient a tree like phi, each task's own
 * @param losses inner losses [tasks]
 */
public record InnerGradient(Params gradient, Tensor losses) {
    /** An inner loss, one number a task: [tasks]. */
    @FunctionalInterface
    public interface Loss {
        /** The loss of every task. */
        Tensor apply(Params theta, Params phi);
    }

    /**
     * Takes the gradient. Since tasks do not mix, the gradient of the sum of the losses holds every task's own.
     *
     * <p>If the context is differentiable, the result depends on theta and phi through the graph; otherwise it is a constant, and nothing
     * of the computation is kept.
     */
    public static InnerGradient of(Loss loss, Params theta, Params phi, StepContext context) {
        return GradMode.on(() -> {
            if (context.differentiable()) {
                // A state that nothing led to, such as a context vector of zeros, still needs a place in the graph.
                Params at = phi.map(t -> t.requiresGrad() ? t : t.leaf());
                Tensor losses = loss.apply(theta, at);
                return new InnerGradient(Autograd.gradient(losses.sum(), at, true), losses);
            }
            Params at = phi.leaf();
            Tensor losses = loss.apply(theta.constant(), at);
            return new InnerGradient(Autograd.gradient(losses.sum(), at, false), losses.constant());
        });
    }
}
