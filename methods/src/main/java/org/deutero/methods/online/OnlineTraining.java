package org.deutero.methods.online;

import java.util.random.RandomGenerator;
import org.deutero.learn.InnerGradient;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.SequenceLearner;
import org.deutero.methods.scratch.FromScratch;
import org.deutero.tasks.Objective;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Rates;

/**
 * A freshly initialised network that a plain optimiser trains on what has been told, from the first item on: learning from scratch.
 *
 * <p>Fast state: weights [tasks, ...] under {@code weights}, optimiser slots under {@code slots}.
 *
 * @param network whose weights are trained, without running statistics
 * @param objective of training
 * @param optimizer by which
 * @param rate step size
 * @param updates after each item
 * @param again whether updates are on all that has been told, or else on the last item alone
 * @param dtype of all numbers
 */
public record OnlineTraining(
        Network network, Objective objective, Optimizer optimizer, double rate, int updates, boolean again, DType dtype)
        implements SequenceLearner {
    private static final String WEIGHTS = "weights";
    private static final String SLOTS = "slots";

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return Params.EMPTY;
    }

    @Override
    public Params begin(Params theta, Sequences tasks, StepContext context) {
        Params fresh = context.draw(tasks.size(), (rng, n) -> FromScratch.drawn(network, rng, dtype, n))
                .to(tasks.items().device());
        return state(fresh, optimizer.init(fresh));
    }

    private static Params state(Params weights, Params slots) {
        return weights.under(WEIGHTS).with(slots.under(SLOTS));
    }

    @Override
    public Step step(Params theta, Params phi, Sequences tasks, StepContext context) {
        int t = context.step();
        int from = again ? 0 : t;
        Tensor x = tasks.items().slice(1, from, t + 1L).to(dtype);
        Tensor y = tasks.answers().slice(1, from, t + 1L);
        Tensor met = objective.losses(ask(theta, phi, tasks.item(t), tasks, context), tasks.answer(t));
        Params weights = phi.child(WEIGHTS);
        Params slots = phi.child(SLOTS);
        for (int k = 0; k < updates; k++) {
            Params gradient = InnerGradient.of(
                            (none, at) -> objective.losses(network.apply(at, x), y), theta, weights, context)
                    .gradient();
            Optimizer.Update update = optimizer.update(gradient, slots, weights, Rates.constant(rate), t * updates + k);
            weights = update.params();
            slots = update.state();
        }
        return new Step(state(weights, slots), met.div(tasks.length()));
    }

    @Override
    public Tensor ask(Params theta, Params phi, Tensor x, Sequences tasks, StepContext context) {
        return network.apply(phi.child(WEIGHTS), x.to(dtype));
    }

    /** 0: all losses are met on the way. */
    @Override
    public Tensor metaLoss(Params theta, Params phi, Sequences tasks, StepContext context) {
        return Tensors.zeros(dtype, tasks.size()).to(tasks.items().device());
    }
}
