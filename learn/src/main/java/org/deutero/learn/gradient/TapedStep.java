package org.deutero.learn.gradient;

import org.deutero.learn.Learner;
import org.deutero.learn.Step;
import org.deutero.learn.TaskContext;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensors;

/** Back over a step by recording it, inner gradient included, and one vector-Jacobian product: works for every learner. */
enum TapedStep implements Backward {
    INSTANCE;

    @Override
    public <T extends TaskBatch<T>> Adjoint through(
            Learner<T> learner, Params theta, Params phi, T tasks, TaskContext context, int t, Adjoint after) {
        try (Scope s = Scope.open()) {
            Params inputs = Params.builder()
                    .put("z", phi.leaf())
                    .put("theta", theta.leaf())
                    .build();
            Step step = learner.step(
                    inputs.child("theta"),
                    inputs.child("z"),
                    tasks,
                    context.replay().at(t, true));
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
