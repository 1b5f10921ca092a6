package org.deutero.methods.reptile;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.learn.GradientLearner;
import org.deutero.learn.Servable;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.maml.Adaptation;
import org.deutero.methods.maml.InnerLoop;
import org.deutero.methods.maml.Maml;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Network;
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
        implements Servable<Episodes>, GradientLearner<Episodes> {

    /** The prediction side is MAML's: a network with the task's own weights. */
    private Maml adapted() {
        InnerLoop none = InnerLoop.of(optimizer, rate, steps, evaluationSteps);
        return new Maml(network, objective, Adaptation.ALL, none, queryStatistics, dtype);
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        return network.init(rng, dtype);
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        return adapted().begin(theta, tasks, context);
    }

    @Override
    public Params weights(Params phi) {
        return adapted().weights(phi);
    }

    @Override
    public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        Tensor rows = batches.rows(tasks, context);
        Tensor x = pick(context.training() ? pool(tasks.supportX(), tasks.queryX()) : tasks.supportX(), rows);
        Tensor y = pick(context.training() ? pool(tasks.supportY(), tasks.queryY()) : tasks.supportY(), rows);
        return objective.losses(network.apply(weights(phi), x), y);
    }

    @Override
    public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
        return adapted().update(theta, phi, gradient, tasks, context);
    }

    private static Tensor pool(Tensor support, Tensor query) {
        return Tensors.cat(List.of(support, query), 1);
    }

    /** Row indices [tasks, batch] of x [tasks, n, ...], as [tasks, batch, ...]. */
    private static Tensor pick(Tensor x, Tensor rows) {
        int tasks = (int) x.size(0);
        long[] shape = x.shape();
        Tensor offsets = Tensors.range(tasks).unsqueeze(1);
        Tensor flat = rows.add(offsets.mul((double) shape[1]).to(DType.INT64)).reshape(-1);
        long[] merged = new long[shape.length - 1];
        merged[0] = -1;
        System.arraycopy(shape, 2, merged, 1, shape.length - 2);
        long[] split = shape.clone();
        split[1] = rows.size(1);
        return x.reshape(merged).indexSelect(0, flat).reshape(split);
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
        return adapted().metaLoss(theta, phi, tasks, context);
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        return adapted().predict(theta, phi, tasks, context);
    }

    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        return adapted().solution(theta, phi, tasks, context);
    }

    @Override
    public Tensor answer(Params solution, Tensor x) {
        return adapted().answer(solution, x);
    }

    @Override
    public boolean fixedOutputs() {
        return true;
    }
}
