package org.deutero.learn.gradient.adjoint;

import java.util.Optional;
import org.deutero.learn.Capability;
import org.deutero.learn.InnerGradient;
import org.deutero.learn.Lifetime;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * The inner loss that a learner descends, at one moment of a lifetime, by itself or augmented: L + beta F, nudged by the outer loss F, as in equilibrium propagation.
 *
 * @param learner who descends
 * @param theta its meta-parameters
 * @param tasks what it learns
 * @param at the moment; the end of the free phase, where implicit differentiation and contrastive rules ask for the inner loss
 * @param <T> tasks in a batch
 */
record InnerLoss<T extends TaskBatch<T>>(GradientLearner<T> learner, Params theta, T tasks, StepContext at) {
    /** At step {@code t} of a lifetime. @throws OptionsException if its learner descends none */
    static <T extends TaskBatch<T>> InnerLoss<T> of(Lifetime<T> lifetime, int t, boolean differentiable) {
        return new InnerLoss<>(
                descending(lifetime),
                lifetime.theta(),
                lifetime.tasks(),
                lifetime.context().at(t, differentiable));
    }

    /** The learner of a lifetime, which descends an inner loss. @throws OptionsException if it does not */
    static <T extends TaskBatch<T>> GradientLearner<T> descending(Lifetime<T> lifetime) {
        Optional<GradientLearner<T>> learner = Capability.of(lifetime.learner(), GradientLearner.class);
        return learner.orElseThrow(() -> new OptionsException("this learner follows no inner loss"));
    }

    /** The same loss, whose gradients are to be differentiable or constant. */
    InnerLoss<T> with(boolean differentiable) {
        return new InnerLoss<>(learner, theta, tasks, at.task().at(at.step(), differentiable));
    }

    /** The part of a state that the loss is descended in. */
    Params weights(Params phi) {
        return learner.weights(phi);
    }

    /** L, [tasks]. */
    Tensor of(Params theta, Params phi) {
        return learner.innerLoss(theta, phi, tasks, at);
    }

    /** L + strength F, one number a task, [tasks]. */
    Tensor augmented(Params theta, Params phi, double strength) {
        Tensor inner = of(theta, phi);
        return strength == 0 ? inner : inner.addScaled(learner.metaLoss(theta, phi, tasks, at), strength);
    }

    /** The gradient of L itself in the weights, constant or differentiable as the moment has it. */
    Params gradient(Params phi) {
        return InnerGradient.of((th, weights) -> of(th, phi.with(weights)), theta, weights(phi), at)
                .gradient();
    }

    /** The gradient of L + strength F in the weights, or what the learner's own rule takes for it. */
    Params followed(Params phi, double strength) {
        return learner.localRule()
                .map(rule -> rule.gradient(theta, phi, tasks, at, strength))
                .orElseGet(() -> InnerGradient.of(
                                (th, weights) -> augmented(th, phi.with(weights), strength), theta, weights(phi), at)
                        .gradient());
    }

    /**
     * Partial derivatives of the sum over tasks of L + strength F, with weights held fixed: by {@code z}, the rest of the fast state, and by {@code theta}.
     */
    Params partial(Params phi, double strength) {
        try (Scope s = Scope.open()) {
            return GradMode.on(() -> {
                Params fixed = weights(phi).detach();
                Params inputs = Params.builder()
                        .put("z", phi.filter(name -> !fixed.has(name)).leaf())
                        .put("theta", theta.leaf())
                        .build();
                Params state = inputs.child("z").with(fixed);
                Tensor losses = augmented(inputs.child("theta"), state, strength);
                return s.keep(Autograd.gradient(losses.sum(), inputs, false));
            });
        }
    }
}
