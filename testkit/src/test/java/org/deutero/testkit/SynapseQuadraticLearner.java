package org.deutero.testkit;

import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * A linear-quadratic complex synapse: L = 1/2 (phi - b)'A(phi - b) + 1/2 sum_i lambda_i (phi_i - omega_i)^2, F = 1/2 (phi - c)'C(phi - c), so that everything has a closed form. theta is {@code
 * omega} and {@code lambda}, [P] each; phi starts at omega.
 *
 * @param dimension P
 * @param rate of gradient descent
 * @param steps of it
 */
record SynapseQuadraticLearner(int dimension, double rate, int steps) implements GradientLearner<QuadraticTasks> {
    @Override
    public Params metaParameters(RandomGenerator rng) {
        return Params.builder()
                .put("omega", Tensors.normal(rng, DType.FLOAT64, dimension))
                .put("lambda", Tensors.uniform(rng, 0.5, 1.5, DType.FLOAT64, dimension))
                .build();
    }

    @Override
    public Params begin(Params theta, QuadraticTasks tasks, StepContext context) {
        return Params.of("phi", context.forTasks(theta, tasks.size()).get("omega"));
    }

    @Override
    public Tensor innerLoss(Params theta, Params state, QuadraticTasks tasks, StepContext context) {
        Params own = context.forTasks(theta, tasks.size());
        Tensor phi = state.get("phi");
        Tensor pull = phi.sub(own.get("omega")).square().mul(own.get("lambda")).sum(1);
        return form(tasks.a(), phi.sub(tasks.b())).add(pull).mul(0.5);
    }

    @Override
    public Step update(Params theta, Params phi, Params gradient, QuadraticTasks tasks, StepContext context) {
        return Step.of(phi.addScaled(gradient, -rate));
    }

    @Override
    public int steps(QuadraticTasks tasks) {
        return steps;
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, QuadraticTasks tasks, StepContext context) {
        return form(tasks.outerA(), phi.get("phi").sub(tasks.outerB())).mul(0.5);
    }

    private static Tensor form(Tensor matrices, Tensor v) {
        return v.mul(matrices.matmul(v.unsqueeze(2)).squeeze(2)).sum(1);
    }
}
