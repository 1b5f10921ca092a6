package org.deutero.methods.warpgrad;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.learn.InnerGradient;
import org.deutero.learn.Step;
import org.deutero.learn.StepContext;
import org.deutero.learn.capability.FixedFunction;
import org.deutero.learn.capability.FrozenNetwork;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.learn.capability.LearnedStart;
import org.deutero.learn.capability.LearnedStepSizes;
import org.deutero.learn.capability.Servable;
import org.deutero.methods.FastNetwork;
import org.deutero.methods.QueryStatistics;
import org.deutero.methods.reptile.MiniBatches;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Network;
import org.deutero.tensor.nn.Normalization;
import org.deutero.tensor.nn.WarpedNetwork;

/**
 * Training of a network on mini-batches of a task's support set, in as many steps as one likes: the learner of WarpGrad (Flennerhag, Rusu, Pascanu, Visin, Yin, Hadsell 2020, arXiv 1909.00025) and, without
 * warps, of Leap (Flennerhag, Moreno, Lawrence, Damianou 2019, arXiv 1812.01054).
 *
 * <p>phi_{t+1} = phi_t - alpha grad L(phi_t; omega) over the weights of the task layers; warps omega are the same for all tasks and frozen. Warps and learned step sizes are trained by {@link
 * org.deutero.learn.gradient.LookAhead}, the start by {@link org.deutero.learn.gradient.LeapDirection} or another rule. Inputs are augmented every time they are shown, if the tasks say so.
 *
 * <p>Batch normalisation belongs to the task layers: its weights are adapted, its statistics are a task's own.
 *
 * <p>Fast state: the weights of task layers [tasks, ...] under their own names, velocities under {@code slots}, running averages under {@code moments}.
 *
 * @param network warped or not
 * @param objective inner and outer loss
 * @param start where tasks begin
 * @param descent rule of the inner loop
 * @param steps in meta-training
 * @param evaluationSteps when the learner is used
 * @param batches rows of the support set in a step
 * @param queryStatistics of batch normalisation when the learner is used; losses use the batch at hand
 * @param dtype of all numbers
 */
public record WarpGrad(
        Network network,
        Objective objective,
        Start start,
        InnerDescent descent,
        int steps,
        int evaluationSteps,
        MiniBatches batches,
        Statistics queryStatistics,
        DType dtype)
        implements GradientLearner<Episodes>, Servable<Episodes>, FixedFunction, LearnedStart, LearnedStepSizes {
    private static final String SLOTS = "slots";
    private static final String MOMENTS = "moments";

    /** Weight of the newest moments in a running average, PyTorch's default. */
    private static final double NEWEST = 0.1;

    /** Where tasks begin. */
    public enum Start {
        /** All at the same weights, which are meta-parameters. */
        LEARNED,
        /** Each at weights freshly drawn. */
        FRESH
    }

    /** Where batch normalisation takes its statistics from when queries are answered. */
    public enum Statistics {
        /** The queries themselves, all together. */
        BATCH,
        /** The support set, un-augmented. */
        SUPPORT,
        /** Running averages over the mini-batches that the task was trained on, as in the released code. */
        RUNNING
    }

    @Override
    public boolean starts(String metaParameter) {
        return !WarpedNetwork.isWarp(metaParameter) && !InnerDescent.owns(metaParameter);
    }

    private static boolean isWeight(String name) {
        return !name.startsWith(SLOTS + ".") && !name.startsWith(MOMENTS + ".");
    }

    @Override
    public Params stepSizes(Params theta) {
        return descent.rates(theta);
    }

    @Override
    public Params metaParameters(RandomGenerator rng) {
        Params all = network.init(rng, dtype);
        Params layers = all.filter(this::starts);
        Params slow = start == Start.LEARNED ? all : all.filter(WarpedNetwork::isWarp);
        return slow.with(descent.init(layers, dtype));
    }

    @Override
    public Params project(Params theta) {
        return InnerDescent.project(theta);
    }

    @Override
    public Params begin(Params theta, Episodes tasks, StepContext context) {
        Params weights = start == Start.LEARNED
                ? context.forTasks(theta.filter(this::starts), tasks.size())
                : context.draw("start", tasks.size(), this::fresh)
                        .to(tasks.supportX().device());
        Params phi = weights.with(descent.slots(weights).under(SLOTS));
        return queryStatistics == Statistics.RUNNING
                ? phi.with(network.initialMoments(dtype)
                        .to(tasks.supportX().device())
                        .expand(tasks.size())
                        .under(MOMENTS))
                : phi;
    }

    private Params fresh(RandomGenerator rng, int tasks) {
        List<Params> each = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            each.add(network.init(rng, dtype).filter(this::starts));
        }
        Params.Builder weights = Params.builder();
        for (String name : each.get(0).names()) {
            weights.put(name, Tensors.stack(each.stream().map(p -> p.get(name)).toList(), 0));
        }
        return weights.build();
    }

    @Override
    public Params weights(Params phi) {
        return phi.filter(WarpGrad::isWeight);
    }

    /** The whole network: warps and the weights of a task. */
    private static Params all(Params theta, Params weights) {
        return theta.filter(WarpedNetwork::isWarp).with(weights);
    }

    @Override
    public Tensor innerLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return innerLoss(theta, weights(phi), tasks, context, Normalization.batch());
    }

    private Tensor innerLoss(
            Params theta, Params weights, Episodes tasks, StepContext context, Normalization normalization) {
        Tensor rows = batches.rows(tasks, context);
        Tensor x = MiniBatches.shown(tasks, MiniBatches.pick(tasks.supportX(), rows), context);
        Tensor y = MiniBatches.pick(tasks.supportY(), rows);
        return objective.losses(network.apply(all(theta, weights), x, normalization), y);
    }

    /** As any learner that descends, and running averages take notice where the step is really taken. */
    @Override
    public Step step(Params theta, Params phi, Episodes tasks, StepContext context) {
        if (queryStatistics != Statistics.RUNNING || context.differentiable()) {
            return GradientLearner.super.step(theta, phi, tasks, context);
        }
        Normalization.Recording recording = Normalization.recording();
        Params gradient = InnerGradient.of(
                        (th, weights) -> innerLoss(th, weights, tasks, context, recording),
                        theta,
                        weights(phi),
                        context)
                .gradient();
        Params next = update(theta, phi, gradient, tasks, context).state();
        Params now = recording.moments();
        Params moments =
                phi.child(MOMENTS).zip(now, (old, newest) -> old.mul(1 - NEWEST).addScaled(newest.detach(), NEWEST));
        return Step.of(next.with(moments.under(MOMENTS)));
    }

    @Override
    public Step update(Params theta, Params phi, Params gradient, Episodes tasks, StepContext context) {
        InnerDescent.Moved moved = descent.step(theta, weights(phi), phi.child(SLOTS), gradient);
        return Step.of(phi.with(moved.weights()).with(moved.slots().under(SLOTS)));
    }

    @Override
    public int steps(Episodes tasks) {
        return steps;
    }

    @Override
    public int evaluationSteps(Episodes tasks) {
        return evaluationSteps;
    }

    private FastNetwork fast() {
        return new FastNetwork(
                network,
                objective,
                queryStatistics == Statistics.SUPPORT ? QueryStatistics.SUPPORT : QueryStatistics.BATCH);
    }

    @Override
    public Tensor metaLoss(Params theta, Params phi, Episodes tasks, StepContext context) {
        return fast().queryLosses(all(theta, weights(phi)), tasks);
    }

    @Override
    public Tensor predict(Params theta, Params phi, Episodes tasks, StepContext context) {
        Params all = all(theta, weights(phi));
        return queryStatistics == Statistics.RUNNING
                ? network.apply(all, tasks.queryX(), Normalization.fixed(phi.child(MOMENTS)))
                : fast().predict(all, tasks);
    }

    @Override
    public Params solution(Params theta, Params phi, Episodes tasks, StepContext context) {
        Params all = all(theta, weights(phi).task(0));
        return FastNetwork.solution(
                all, queryStatistics == Statistics.RUNNING ? phi.child(MOMENTS) : fast().moments(all, tasks));
    }

    @Override
    public Tensor answer(Params solution, Tensor x) {
        return fast().answer(solution, x);
    }

    @Override
    public Optional<FrozenNetwork> frozen(Params solution) {
        return Optional.of(fast().frozen(solution));
    }

    @Override
    public boolean fixedOutputs() {
        return true;
    }
}
