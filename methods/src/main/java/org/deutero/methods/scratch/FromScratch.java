package org.deutero.methods.scratch;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.DenseLearner;
import org.deutero.methods.DenseNetwork;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.StreamBatches;
import org.deutero.methods.maml.Adaptation;
import org.deutero.methods.maml.AdaptedNetwork;
import org.deutero.methods.maml.InnerLoop;
import org.deutero.methods.maml.Maml;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.dense.DenseLoss;
import org.deutero.tensor.optim.Optimizer;
import org.deutero.tensor.optim.Rates;

/**
 * A plain optimiser on a freshly initialised network, every task with one of its own: nothing is meta-learned. Goes through the support set as a stream
 * of mini-batches, as learned rules do, so that they can be compared on the same streams.
 *
 * <p>Fast state: weights [tasks, ...] under their own names, optimiser slots under {@code slots}.
 *
 * @param network whose weights are trained
 * @param objective inner loss
 * @param optimizer rule of the inner loop
 * @param rate step size
 * @param batches how the support set is gone through
 * @param queryStatistics of batch normalisation, if the network has any
 * @param dtype of all numbers
 */
public record FromScratch(
        Network network,
        Objective objective,
        Optimizer optimizer,
        double rate,
        StreamBatches batches,
        QueryStatistics queryStatistics,
        DType dtype)
        implements AdaptedNetwork, DenseLearner<Episodes> {
    private static final String SLOTS = "slots";

    /** The prediction side is MAML's: a network with the task's own weights. */
    @Override
    public Maml maml() {
        InnerLoop none = InnerLoop.of(optimizer, rate, 0, 0);
        return new Maml(network, objective, Adaptation.ALL, none, queryStatistics, dtype);
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return Params.EMPTY;
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        Params fresh = context.draw(tasks.size(), (rng, n) -> drawn(network, rng, dtype, n))
                .to(tasks.supportX().device());
        return fresh.with(optimizer.init(fresh).under(SLOTS));
    }

    /** Fresh weights of each task's own, [tasks, ...]. */
    public static Params drawn(Network network, RandomGenerator rng, DType dtype, int tasks) {
        List<Params> each = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            each.add(network.init(rng, dtype));
        }
        Params.Builder weights = Params.builder();
        for (String name : each.get(0).names()) {
            weights.put(name, Tensors.stack(each.stream().map(p -> p.get(name)).toList(), 0));
        }
        return weights.build();
    }

    @Override
    public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        Tensor x = batches.x(tasks, context.step());
        return objective.losses(network.apply(weights(phi), x), batches.y(tasks, context.step()));
    }

    /** For perceptrons. */
    @Override
    public boolean dense(Episodes tasks) {
        return DenseNetwork.of(network, objective, tasks.supportX()).isPresent();
    }

    @Override
    public DenseLoss denseInnerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        Tensor x = batches.x(tasks, context.step());
        return DenseNetwork.of(network, objective, x)
                .orElseThrow()
                .on(weights(phi), x, batches.y(tasks, context.step()));
    }

    @Override
    public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
        Optimizer.Update update =
                optimizer.update(gradient, phi.child(SLOTS), weights(phi), Rates.constant(rate), context.step());
        return Step.of(update.params().with(update.state().under(SLOTS)));
    }

    @Override
    public int steps(Episodes tasks) {
        return batches.steps(tasks);
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return objective.losses(network.apply(weights(phi), tasks.queryX()), tasks.queryY());
    }
}
