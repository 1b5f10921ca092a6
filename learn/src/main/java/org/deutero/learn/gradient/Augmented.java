package org.deutero.learn.gradient;

import org.deutero.learn.GradientLearner;
import org.deutero.learn.InnerGradient;
import org.deutero.learn.StepContext;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/** The augmented loss L + beta F of equilibrium propagation: inner loss, nudged by the outer one. */
final class Augmented {
    private Augmented() {}

    /**
     * One number a task, [tasks].
     *
     * @param at the end of the free phase, which is where implicit differentiation asks for the inner loss
     * @param strength beta; 0 for the inner loss alone
     */
    static <T extends TaskBatch<T>> Tensor loss(
            GradientLearner<T> learner, Params theta, Params phi, T tasks, StepContext at, double strength) {
        Tensor inner = learner.innerLoss(theta, phi, tasks, at);
        return strength == 0 ? inner : inner.addScaled(learner.metaLoss(theta, phi, tasks, at), strength);
    }

    /** Its gradient in the weights, or what the learner's own rule takes for it. */
    static <T extends TaskBatch<T>> Params gradient(
            GradientLearner<T> learner, Params theta, Params phi, T tasks, StepContext at, double strength) {
        return learner.localRule()
                .map(rule -> rule.gradient(theta, phi, tasks, at, strength))
                .orElseGet(() -> InnerGradient.of(
                                (th, weights) -> loss(learner, th, phi.with(weights), tasks, at, strength),
                                theta,
                                learner.weights(phi),
                                at)
                        .gradient());
    }

    /** Partial derivatives of the sum over tasks of the augmented loss, with weights held fixed: by {@code z}, the rest of the fast state, and by {@code theta}. */
    static <T extends TaskBatch<T>> Params partial(
            GradientLearner<T> learner, Params theta, Params phi, T tasks, StepContext at, double strength) {
        try (Scope s = Scope.open()) {
            return GradMode.on(() -> {
                Params weights = learner.weights(phi).detach();
                Params inputs = Params.builder()
                        .put("z", phi.filter(name -> !weights.has(name)).leaf())
                        .put("theta", theta.leaf())
                        .build();
                Params state = inputs.child("z").with(weights);
                Tensor losses = loss(learner, inputs.child("theta"), state, tasks, at, strength);
                return s.keep(Autograd.gradient(losses.sum(), inputs, false));
            });
        }
    }
}
