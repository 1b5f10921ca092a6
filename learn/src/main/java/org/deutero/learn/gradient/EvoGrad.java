package org.deutero.learn.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.deutero.learn.Capability;
import org.deutero.learn.Learner;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Step;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.learn.capability.InnerRate;
import org.deutero.learn.gradient.adjoint.SharedRequirements;
import org.deutero.learn.gradient.adjoint.UntrainedStart;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * EvoGrad (Bohdal, Yang, Hospedales 2021, arXiv 2106.10575): the step is replaced by one of evolution, whose derivative is of first order. Copies phi_k = phi + sigma eps_k of the weights have inner losses
 * l_k(theta), which weigh them, w = softmax(-l / tau); the weighted mean phi* = sum_k w_k phi_k is what the meta-loss judges. With u = grad F(phi*) and s_k = &lt;u, phi_k&gt;,
 *
 * <pre>g = dF/dtheta + grad_theta sum_k s_k w_k(theta)</pre>
 *
 * <p>Only numbers s_k stand between the two: there is no graph over weights. Since weights add up to 1, s_k is taken from phi rather than from zero, which loses no digits where sigma is small.
 *
 * <p>For small sigma the mean of the second term is the one-step hyper-gradient of a step of size {@link #effectiveRate}, whatever the learner's own rate is: with sigma = 0.001, tau = 0.05 and two copies, 1e-5. {@code rescale} multiplies
 * that term by the ratio of both; the paper's code does not, and trusts its meta-optimiser. Every estimate looks along K - 1 random directions in as many dimensions as there are weights, so its variance is large.
 *
 * <p>All copies see the same data and the same chance, and what they observe does not count. Those of a single task are looked at one after the other, which takes the memory of one; those of several tasks are extra tasks of one batch. Weights that all get the same (tau too large) or that are all on one copy (tau too small) tell nothing: the diagnostic {@code weight-entropy} is
 * their entropy divided by that of equal weights, between 0 and 1, per task.
 *
 * @param copies K
 * @param sigma deviation of every weight of a copy
 * @param tau temperature
 * @param noise what displacements are drawn from
 * @param rescale whether the step is taken to be as large as the learner's
 */
public record EvoGrad(int copies, double sigma, double tau, Noise noise, boolean rescale) implements MetaGradient {
    /** The settings of the paper's code for networks, rescaled. */
    public static final EvoGrad PUBLISHED = new EvoGrad(2, 1e-3, 0.05, Noise.SIGN, true);

    /** What displacements are drawn from; both have variance 1. */
    public enum Noise {
        /** Standard normal numbers, as in the paper's one-dimensional illustration. */
        NORMAL,
        /** -1 or 1, as in its networks. */
        SIGN
    }

    /** Checks ranges. */
    public EvoGrad {
        if (copies < 2 || !(sigma > 0) || !(tau > 0)) {
            throw new IllegalArgumentException("a population has at least two copies, a positive deviation and a "
                    + "positive temperature, not " + copies + ", " + sigma + " and " + tau);
        }
    }

    /** The size of the plain step that the population stands for, in the limit of small sigma: sigma^2 (K - 1) / (K tau). */
    public double effectiveRate() {
        return sigma * sigma * (copies - 1) / (copies * tau);
    }

    @Override
    public String name() {
        return "evograd";
    }

    @Override
    public String describe() {
        return "the mean of " + copies + " copies of the weights, weighed by their inner losses, in place of the step ("
                + noise.name().toLowerCase(Locale.ROOT) + " noise of deviation " + sigma + ", temperature " + tau
                + (rescale ? ", rescaled to the learner's rate" : "")
                + "); first derivatives only, along " + (copies - 1)
                + " random directions of the weights, so its variance is large";
    }

    @Override
    public String cost() {
        return "memory K (P + M) + a, with several tasks K (P + a), K = " + copies
                + " copies, time K losses with their gradients with respect to theta + c";
    }

    @Override
    public Optional<String> misfit(Learner<?> learner) {
        Optional<String> descends = SharedRequirements.descendsExactly(learner);
        if (descends.isEmpty() && rescale && learner.as(InnerRate.class).isEmpty()) {
            return Optional.of("it is rescaled to the rate of a plain step, and this learner tells none; see rescale");
        }
        return descends;
    }

    @Override
    public <T extends TaskBatch<T>> Estimate estimate(Lifetime<T> lifetime) {
        return estimate(lifetime, Copies.of(noise));
    }

    <T extends TaskBatch<T>> Estimate estimate(Lifetime<T> lifetime, Copies source) {
        require(lifetime.learner());
        if (lifetime.steps() != 1) {
            throw new OptionsException("meta-gradient " + name()
                    + " stands for a single step of an inner loss, and this learner takes " + lifetime.steps());
        }
        GradientLearner<T> learner = Capability.<T, GradientLearner<T>>of(lifetime.learner(), GradientLearner.class)
                .orElseThrow();
        try (Scope s = Scope.open()) {
            Params leaf = lifetime.theta().leaf();
            Params phi = lifetime.detach().begin(false).detach();
            Params displaced = source.draw(learner.weights(phi), copies, lifetime.context())
                    .mul(sigma);
            int tasks = lifetime.tasks().size();
            Population population = Population.of(learner, lifetime, leaf, phi, displaced, copies, tau);
            Tensor weights = population.weights();

            Params moved = displaced
                    .mulPerTask(weights.reshape(-1))
                    .map(t -> perCopy(t, tasks).sum(0));
            Params merged = phi.with(learner.weights(phi).add(moved));
            Params outer = Params.builder()
                    .put("theta", leaf)
                    .put("phi", merged.leaf())
                    .build();
            Tensor losses = lifetime.under(leaf).metaLoss(outer.child("phi"), 1, false);
            Params direct = Autograd.gradient(losses.sum(), outer, false);

            Params u = learner.weights(direct.child("phi")).tile(copies);
            Tensor slopes = u.dotPerTask(displaced).reshape(copies, tasks);
            Params indirect = population.gradient().apply(slopes);
            double factor = rescale ? rate(lifetime) / effectiveRate() : 1;
            Params gradient = direct.child("theta").addScaled(indirect, factor);
            check(learner, lifetime, phi, gradient);
            return new Estimate(losses.detach(), gradient, Params.of("weight-entropy", entropy(weights))).keep(s);
        }
    }

    private static double rate(Lifetime<?> lifetime) {
        return lifetime.learner()
                .as(InnerRate.class)
                .orElseThrow()
                .innerRate(lifetime.context().iteration());
    }

    private Tensor perCopy(Tensor t, int tasks) {
        long[] shape = new long[t.rank() + 1];
        shape[0] = copies;
        shape[1] = tasks;
        System.arraycopy(t.shape(), 1, shape, 2, t.rank() - 1);
        return t.reshape(shape);
    }

    private Tensor entropy(Tensor weights) {
        Tensor logs = weights.clamp(1e-30, 1).log();
        return weights.mul(logs).sum(0).div(-Math.log(copies));
    }

    /** Refuses, in the first meta-iteration, meta-parameters that act through the start or through the rule of the step, of which a population knows nothing. */
    private <T extends TaskBatch<T>> void check(
            GradientLearner<T> learner, Lifetime<T> lifetime, Params phi, Params gradient) {
        if (lifetime.context().iteration() > 0) {
            return;
        }
        String who = "meta-gradient " + name();
        String cure = "it needs meta-parameters in the inner loss";
        UntrainedStart.check(lifetime, gradient, who, cure);
        try (Scope s = Scope.open()) {
            Params leaf = lifetime.theta().leaf();
            Lifetime<T> replay = lifetime.replay();
            Params slope = learner.weights(phi).map(Tensors::onesLike);
            Step step = learner.update(
                    leaf, phi, slope, replay.tasks(), replay.context().at(0, true));
            if (step.loss() != null) {
                throw new OptionsException(who + " does not take the step, and this learner meets losses on the way");
            }
            Params reach = Autograd.vjp(step.state(), step.state().map(Tensors::onesLike), leaf, false);
            List<String> lost = new ArrayList<>();
            reach.forEach((name, share) -> {
                if (share.abs().sum().item() > 0
                        && gradient.get(name).abs().sum().item() == 0) {
                    lost.add(name);
                }
            });
            if (!lost.isEmpty()) {
                throw new OptionsException(who + " would leave " + String.join(", ", lost)
                        + " untrained, which act only through the rule of the step; " + cure);
            }
        }
    }
}
