package org.deutero.methods.ridge;

import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.SequenceLearner;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Ridge regression on all that has been told: the weights w that make sum |y - w' f(x)|^2 + ridge |w|^2 smallest, the constant feature's included. Before anything is told the answer is 0. Nothing is meta-learned. Classes are unit vectors.
 *
 * <p>Fast state, in double precision: {@code gram}, sum f f', [tasks, d, d], and {@code moments}, sum f y', [tasks, d, outputs].
 *
 * @param features f, of d numbers
 * @param ridge weight of the penalty, above 0
 * @param shape of the tasks
 * @param dtype of answers
 */
public record OnlineRidge(RidgeFeatures features, double ridge, TaskShape shape, DType dtype)
        implements SequenceLearner {
    private static final String GRAM = "gram";
    private static final String MOMENTS = "moments";

    /** Refuses problems without a single solution. */
    public OnlineRidge {
        if (!(ridge > 0)) {
            throw new IllegalArgumentException("the ridge must be above 0, not " + ridge);
        }
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return Params.EMPTY;
    }

    @Override
    public Params begin(Params theta, Sequences tasks, StepContext context) {
        int d = features.number(shape.features());
        return Params.builder()
                .put(GRAM, zeros(tasks, d, d))
                .put(MOMENTS, zeros(tasks, d, shape.outputs()))
                .build();
    }

    private static Tensor zeros(Sequences tasks, int rows, int columns) {
        return Tensors.zeros(DType.FLOAT64, tasks.size(), rows, columns)
                .to(tasks.items().device());
    }

    @Override
    public Step step(Params theta, Params phi, Sequences tasks, StepContext context) {
        Tensor x = tasks.item(context.step());
        Tensor y = tasks.answer(context.step());
        Tensor f = features(x);
        Tensor told = tasks.classification() ? y.oneHot(shape.outputs(), DType.FLOAT64) : y.to(DType.FLOAT64);
        Params after = Params.builder()
                .put(GRAM, phi.get(GRAM).add(f.transpose(1, 2).matmul(f)))
                .put(MOMENTS, phi.get(MOMENTS).add(f.transpose(1, 2).matmul(told)))
                .build();
        Tensor loss = shape.objective().losses(ask(theta, phi, x, tasks, context), y);
        return new Step(after, loss.div(tasks.length()));
    }

    private Tensor features(Tensor x) {
        return features.of(Functional.vectors(x).to(DType.FLOAT64));
    }

    @Override
    public Tensor ask(Params theta, Params phi, Tensor x, Sequences tasks, StepContext context) {
        Tensor gram = phi.get(GRAM);
        Tensor penalty =
                Tensors.eye((int) gram.size(1), DType.FLOAT64).mul(ridge).to(gram.device());
        Tensor weights = Tensors.solve(gram.add(penalty), phi.get(MOMENTS));
        return features(x).matmul(weights).to(dtype);
    }

    /** 0: all losses are met on the way. */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Sequences tasks, StepContext context) {
        return Tensors.zeros(dtype, tasks.size()).to(tasks.items().device());
    }
}
