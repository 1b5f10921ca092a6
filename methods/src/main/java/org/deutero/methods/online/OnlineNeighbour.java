package org.deutero.methods.online;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.CarriedState;
import org.deutero.learn.capability.SequenceLearner;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * The answer that was told to the nearest item so far, by the Euclidean distance. The logit of a class is minus the squared distance to its nearest item; before anything is told all answers are 0.
 *
 * <p>Fast state: {@code items} [tasks, n, features] and {@code answers} [tasks, n, outputs], classes as unit vectors.
 *
 * @param shape of the tasks
 * @param dtype of all numbers
 */
public record OnlineNeighbour(TaskShape shape, DType dtype) implements SequenceLearner, CarriedState {
    private static final String ITEMS = "items";
    private static final String ANSWERS = "answers";
    /** The logit of a class of which nothing was told. */
    private static final double NEVER = -1e9;

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return Params.EMPTY;
    }

    @Override
    public long carried(int told) {
        return (long) told * (shape.features() + shape.outputs());
    }

    @Override
    public int longest() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Params begin(Params theta, Sequences tasks, StepContext context) {
        return Params.builder()
                .put(ITEMS, Tensors.zeros(dtype, tasks.size(), 0, shape.features()))
                .put(ANSWERS, Tensors.zeros(dtype, tasks.size(), 0, shape.outputs()))
                .build()
                .to(tasks.items().device());
    }

    @Override
    public Step step(Params theta, Params phi, Sequences tasks, StepContext context) {
        Tensor x = tasks.item(context.step());
        Tensor y = tasks.answer(context.step());
        Tensor told = tasks.classification() ? y.oneHot(shape.outputs(), dtype) : y.to(dtype);
        Params after = Params.builder()
                .put(ITEMS, Tensors.cat(List.of(phi.get(ITEMS), vectors(x)), 1))
                .put(ANSWERS, Tensors.cat(List.of(phi.get(ANSWERS), told), 1))
                .build();
        Tensor loss = shape.objective().losses(ask(theta, phi, x, tasks, context), y);
        return new Step(after, loss.div(tasks.length()));
    }

    private Tensor vectors(Tensor x) {
        return Functional.vectors(x).to(dtype);
    }

    @Override
    public Tensor ask(Params theta, Params phi, Tensor x, Sequences tasks, StepContext context) {
        Tensor items = phi.get(ITEMS);
        Tensor answers = phi.get(ANSWERS);
        if (items.size(1) == 0) {
            return Tensors.zeros(dtype, x.size(0), x.size(1), shape.outputs()).to(items.device());
        }
        Tensor asked = vectors(x);
        Tensor products = asked.matmul(items.transpose(1, 2)).mul(2);
        Tensor nearness = products.sub(asked.square().sumKeep(2))
                .sub(items.square().sumKeep(2).transpose(1, 2)); // [tasks, n, told], minus squared distances
        if (!tasks.classification()) {
            Tensor nearest = nearness.argmax(2).oneHot(items.size(1), dtype);
            return nearest.matmul(answers);
        }
        Tensor others = answers.neg().add(1).mul(NEVER).unsqueeze(1); // [tasks, 1, told, classes]
        return nearness.unsqueeze(3).add(others).max(2);
    }

    /** 0: all losses are met on the way. */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Sequences tasks, StepContext context) {
        return Tensors.zeros(dtype, tasks.size()).to(tasks.items().device());
    }
}
