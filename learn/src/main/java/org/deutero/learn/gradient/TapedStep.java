package org.deutero.learn.gradient;

import org.deutero.learn.Lifetime;
import org.deutero.learn.Step;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensors;

/** Back over a step by recording it, inner gradient included, and one vector-Jacobian product: works for every learner. */
enum TapedStep implements Backward {
    INSTANCE;

    @Override
    public <T extends TaskBatch<T>> Adjoint through(Lifetime<T> lifetime, Params phi, int t, Adjoint after) {
        try (Scope s = Scope.open()) {
            Params inputs = Params.builder()
                    .put("z", phi.leaf())
                    .put("theta", lifetime.theta().leaf())
                    .build();
            Step step = lifetime.replay().under(inputs.child("theta")).step(inputs.child("z"), t, true);
            return after.before(product(step, after, inputs)).keep(s);
        }
    }

    /** The product of lambda, and of 1 for a loss met on the way, with the derivative of a recorded step. */
    static Params product(Step step, Adjoint after, Params inputs) {
        Params outputs = step.state().under("state");
        Params cotangents = after.lambda().under("state");
        if (step.loss() != null) {
            outputs = outputs.with(Params.of("loss", step.loss()));
            cotangents = cotangents.with(Params.of("loss", Tensors.onesLike(step.loss())));
        }
        return Autograd.vjp(outputs, cotangents, inputs, false);
    }
}
