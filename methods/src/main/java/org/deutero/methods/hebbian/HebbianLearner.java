package org.deutero.methods.hebbian;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.Servable;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A Hebbian network that learns from examples: weights start at random, and every support item rewrites them by the activations that it causes, with the target in place of the output. Queries are answered by a forward pass. Najarro and
 * Risi 2020 evolve agents only ({@link HebbianAgent}); this is the same network where there is nothing to act on.
 *
 * <p>Fast state: weights [tasks, in, out].
 *
 * @param network that learns
 * @param shape of the tasks
 * @param dtype of all numbers
 */
public record HebbianLearner(HebbianNetwork network, TaskShape shape, DType dtype) implements Servable<Episodes> {
    private static final String THETA = "theta";
    private static final String WEIGHTS = "weights";

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return network.init(rng, dtype, shape.features(), shape.outputs());
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        return context.draw(tasks.size(), (rng, n) -> network.start(rng, dtype, shape.features(), shape.outputs(), n))
                .to(tasks.supportX().device());
    }

    private Tensor flat(Tensor x) {
        return Functional.vectors(x).to(dtype);
    }

    @Override
    public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
        int t = context.step();
        Tensor target = tasks.supportY().slice(1, t, t + 1);
        List<Tensor> activations = new ArrayList<>(
                network.forward(theta, phi, flat(tasks.supportX().slice(1, t, t + 1))));
        activations.set(
                activations.size() - 1,
                shape.classification() ? target.oneHot(shape.outputs(), dtype) : target.to(dtype));
        return Step.of(network.update(theta, phi, activations));
    }

    @Override
    public int steps(Episodes tasks) {
        return tasks.supportSize();
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return shape.objective().losses(predict(theta, phi, tasks, context), tasks.queryY());
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        return answers(theta, phi, flat(tasks.queryX()));
    }

    private Tensor answers(Params theta, Params weights, Tensor x) {
        List<Tensor> activations = network.forward(theta, weights, x);
        return activations.get(activations.size() - 1);
    }

    /** Weights; of a network that is not plastic they are the meta-parameters. */
    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        Params single = context.task().ownTheta() ? theta.task(0) : theta;
        return Params.builder()
                .put(THETA, network.plastic() ? Params.EMPTY : single)
                .put(WEIGHTS, phi.task(0))
                .build();
    }

    @Override
    public Tensor answer(Params solution, Tensor x) {
        return answers(
                solution.child(THETA),
                solution.child(WEIGHTS),
                flat(x.unsqueeze(0)).squeeze(0));
    }

    @Override
    public boolean fixedOutputs() {
        return true;
    }
}
