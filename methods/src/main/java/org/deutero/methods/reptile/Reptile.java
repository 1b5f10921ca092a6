package org.deutero.methods.reptile;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.DenseLearner;
import org.deutero.methods.DenseNetwork;
import org.deutero.methods.QueryStatistics;
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

/**
 * Reptile (Nichol, Achiam, Schulman 2018, arXiv 1803.02999): plain training on mini-batches of one task; the initialisation then moves towards where training ended. Goes with
 * {@link org.deutero.learn.gradient.ReptileDirection} and an outer SGD whose rate is the paper's epsilon.
 *
 * <p>In meta-training a task's support and query examples are one pool, which mini-batches run through in shuffled order,
 * shuffled anew when it is exhausted. When the learner is used only the support set is trained on.
 *
 * <p>Differs from the official code in one point: slots of the inner optimiser start at zero for every task, where the official code
 * carries Adam's second moment from task to task.
 *
 * @param network whose parameters are learned
 * @param objective of the inner training
 * @param optimizer of the inner training; the paper's is Adam with beta1 = 0
 * @param rate of the inner training
 * @param steps mini-batches in meta-training
 * @param evaluationSteps mini-batches when the learner is used
 * @param batches how mini-batches are drawn
 * @param queryStatistics of batch normalisation when the learner is used
 * @param dtype of all numbers
 */
public record Reptile(
        Network network,
        Objective objective,
        Optimizer optimizer,
        double rate,
        int steps,
        int evaluationSteps,
        MiniBatches batches,
        QueryStatistics queryStatistics,
        DType dtype)
        implements AdaptedNetwork, DenseLearner<Episodes> {

    /** The prediction side is MAML's: a network with the task's own weights. */
    @Override
    public Maml maml() {
        InnerLoop none = InnerLoop.of(optimizer, rate, steps, evaluationSteps);
        return new Maml(network, objective, Adaptation.ALL, none, queryStatistics, dtype);
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return network.init(rng, dtype);
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        return maml().begin(theta, tasks, context);
    }

    @Override
    public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        Shown shown = shown(tasks, context);
        return objective.losses(network.apply(weights(phi), shown.x), shown.y);
    }

    /** For perceptrons. */
    @Override
    public boolean dense(Episodes tasks) {
        return DenseNetwork.of(network, objective, tasks.supportX()).isPresent();
    }

    @Override
    public DenseLoss denseInnerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        Shown shown = shown(tasks, context);
        return DenseNetwork.of(network, objective, shown.x).orElseThrow().on(weights(phi), shown.x, shown.y);
    }

    /** A mini-batch of each task, [tasks, n, ...]. */
    private record Shown(Tensor x, Tensor y) {}

    private Shown shown(Episodes tasks, StepContext context) {
        Tensor rows = batches.rows(tasks, context);
        Tensor x =
                MiniBatches.pick(context.training() ? pool(tasks.supportX(), tasks.queryX()) : tasks.supportX(), rows);
        Tensor y =
                MiniBatches.pick(context.training() ? pool(tasks.supportY(), tasks.queryY()) : tasks.supportY(), rows);
        return new Shown(MiniBatches.shown(tasks, x, context), y);
    }

    @Override
    public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
        return maml().update(theta, phi, gradient, tasks, context);
    }

    private static Tensor pool(Tensor support, Tensor query) {
        return Tensors.cat(List.of(support, query), 1);
    }

    @Override
    public int steps(Episodes tasks) {
        return steps;
    }

    @Override
    public int evaluationSteps(Episodes tasks) {
        return evaluationSteps;
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return maml().metaLoss(theta, phi, tasks, context);
    }
}
