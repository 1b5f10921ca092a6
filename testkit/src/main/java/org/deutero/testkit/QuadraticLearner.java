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
 * Gradient descent on {@link QuadraticTasks}, with three kinds of meta-parameters: {@code lin} [M] and {@code log_decay} [1] inside the
 * inner loss, {@code init} [P] as the start.
 *
 * @param rate of the descent
 * @param steps number of steps
 * @param rho weight of the direct term in lin
 */
public record QuadraticLearner(double rate, int steps, double rho) implements GradientLearner<QuadraticTasks> {
    @Override
    public Params metaParameters(RandomGenerator rng) {
        return Params.builder()
                .put("lin", Tensors.normal(rng, DType.FLOAT64, 3))
                .put("log_decay", Tensors.normal(rng, DType.FLOAT64, 1))
                .put("init", Tensors.normal(rng, DType.FLOAT64, 4))
                .build();
    }

    @Override
    public Params begin(Params theta, QuadraticTasks tasks, StepContext context) {
        return Params.of("phi", context.forTasks(theta, tasks.size()).get("init"));
    }

    @Override
    public Tensor innerLoss(Params theta, Params state, QuadraticTasks tasks, StepContext context) {
        Params own = context.forTasks(theta, tasks.size());
        Tensor phi = state.get("phi");
        Tensor quadratic = phi.mul(product(tasks.a(), phi)).sum(1).mul(0.5);
        Tensor linear =
                phi.mul(tasks.b().add(product(tasks.u(), own.get("lin")))).sum(1);
        Tensor decay =
                own.get("log_decay").exp().squeeze(1).mul(phi.square().sum(1)).mul(0.5);
        return quadratic.sub(linear).add(decay);
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
        Tensor error = phi.get("phi").sub(tasks.outerB());
        Tensor outer = error.mul(product(tasks.outerA(), error)).sum(1).mul(0.5);
        Params own = context.forTasks(theta, tasks.size());
        return outer.add(own.get("lin").square().sum(1).mul(0.5 * rho));
    }

    private static Tensor product(Tensor matrices, Tensor vectors) {
        return matrices.matmul(vectors.unsqueeze(2)).squeeze(2);
    }
}
