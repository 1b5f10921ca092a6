package org.deutero.learn.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.deutero.learn.Lifetime;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * The copies of {@link EvoGrad}, weighed by their inner losses: w = softmax(-l / tau).
 *
 * @param weights w, [copies, tasks], without graph
 * @param gradient of sum_k s_k w_k with respect to theta, given constants s [copies, tasks]; to be asked for once
 */
record Population(Tensor weights, Function<Tensor, Params> gradient) {
    /**
     * Weighs copies.
     *
     * @param leaf theta as a leaf
     * @param phi the state that copies are made of
     * @param displaced what is added to its weights, [copies * tasks, ...]
     */
    static <T extends TaskBatch<T>> Population of(
            GradientLearner<T> learner,
            Lifetime<T> lifetime,
            Params leaf,
            Params phi,
            Params displaced,
            int copies,
            double tau) {
        return lifetime.tasks().size() == 1
                ? oneByOne(learner, lifetime, leaf, phi, displaced, copies, tau)
                : together(learner, lifetime, leaf, phi, displaced, copies, tau);
    }

    /** A single task: each copy's loss and its gradient by themselves, so that there is one graph at a time. dw_k = -w_k / tau (dl_k - sum_j w_j dl_j). */
    private static <T extends TaskBatch<T>> Population oneByOne(
            GradientLearner<T> learner,
            Lifetime<T> lifetime,
            Params leaf,
            Params phi,
            Params displaced,
            int copies,
            double tau) {
        TaskContext context = lifetime.context().replay();
        List<Tensor> losses = new ArrayList<>();
        List<Params> slopes = new ArrayList<>();
        for (int k = 0; k < copies; k++) {
            int copy = k;
            try (Scope s = Scope.open()) {
                Params own = phi.with(learner.weights(phi).add(displaced.map(t -> t.slice(0, copy, copy + 1))));
                Tensor loss = learner.innerLoss(leaf, own, lifetime.tasks(), context.at(0, false));
                slopes.add(s.keep(Autograd.gradient(loss.sum(), leaf, false)));
                losses.add(s.keep(loss.detach()));
            }
        }
        Tensor weights = Tensors.stack(losses, 0).div(-tau).softmax(0);
        return new Population(weights, s -> {
            Tensor factors = weights.mul(s.sub(weights.mul(s).sumKeep(0))).div(-tau);
            Params sum = leaf.zerosLike();
            for (int k = 0; k < copies; k++) {
                Tensor factor = factors.select(0, k);
                sum = sum.add(slopes.get(k).map(t -> t.mul(factor)));
            }
            return sum;
        });
    }

    /** Several tasks: all copies as extra tasks of one batch, on one graph. */
    private static <T extends TaskBatch<T>> Population together(
            GradientLearner<T> learner,
            Lifetime<T> lifetime,
            Params leaf,
            Params phi,
            Params displaced,
            int copies,
            double tau) {
        TaskContext context = lifetime.context().forCopies(copies);
        Params theta = context.ownTheta() ? leaf.tile(copies) : leaf;
        Params all = phi.tile(copies);
        Tensor losses = learner.innerLoss(
                theta,
                all.with(learner.weights(all).add(displaced)),
                lifetime.tasks().repeat(copies),
                context.at(0, false));
        Tensor weights =
                losses.reshape(copies, lifetime.tasks().size()).div(-tau).softmax(0);
        return new Population(
                weights.detach(), s -> Autograd.gradient(weights.mul(s).sum(), leaf, false));
    }
}
