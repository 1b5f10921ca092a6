package org.deutero.learn.gradient.adjoint;

import java.util.Locale;
import java.util.Optional;
import org.deutero.learn.Learner;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.Trace;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.learn.gradient.solver.LinearSolver;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * The contrastive meta-learning rule (Zucchet, Schug, von Oswald, Zhao, Sacramento 2022, arXiv 2104.01677): let the learner learn freely, let it go on nudged towards the outer
 * loss, and compare. With F_b = L + b F and phi_b its minimum reached from the free one, the equilibrium-propagation theorem says dF/dtheta at phi_0 = d/db [dF_b/dtheta (phi_b)] at b =
 * 0, the inner derivative taken with phi held fixed; {@link Contrast} is the finite difference.
 *
 * <p>Needs no second derivative and no trajectory, and the inner derivatives are local to a synapse if the regulariser is. Like all implicit differentiation it is blind to how the
 * minimum was reached, and its error has three parts: that of the finite difference, what is left of the gradient at the end of the phases divided by beta, and rounding divided by beta.
 *
 * <p>A learner with a {@linkplain GradientLearner#localRule rule of its own} descends both kinds of phases by it. The identity then holds as far as the rule's fixed points are minima.
 *
 * <p>The rescaled estimator of the paper's visual code multiplies the nudged term dL/dtheta(phi_b) by 1 + beta. That adds dL/dtheta(phi_b), which does not vanish with beta;
 * here {@link Nudging#rescaled} changes the descent only, never the estimate.
 *
 * <p>Diagnostics, per task: {@code free-gradient} and {@code nudged-gradient}, norms of what is left of the gradient at the end of the free and of the last nudged phase; {@code displacement},
 * the distance between these ends.
 *
 * @param contrast which phases are compared
 * @param beta nudging strength
 * @param nudging how nudged phases run
 */
public record Contrastive(Contrast contrast, double beta, Nudging nudging) implements MetaGradient {
    /** Checks the strength. */
    public Contrastive {
        if (!(beta > 0)) {
            throw new IllegalArgumentException("the nudging strength must be positive, not " + beta);
        }
        if (nudging.rescaled() && contrast == Contrast.SYMMETRIC && beta >= 1) {
            throw new IllegalArgumentException(
                    "a rescaled negative phase needs a nudging strength below 1, not " + beta);
        }
    }

    @Override
    public String name() {
        return "contrastive";
    }

    @Override
    public String describe() {
        return "contrast of a free and nudged phases ("
                + contrast.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ", strength " + beta
                + "); first derivatives only. It aims at the gradient at a minimum of the inner loss, blind to how that was reached; biased by "
                + (contrast == Contrast.ONE_SIDED ? "the strength" : "the strength squared")
                + ", and by what is left of the inner gradient divided by the strength";
    }

    @Override
    public String cost() {
        long nudged = contrast.phases(beta).stream()
                .filter(phase -> phase.strength() != 0)
                .count();
        return "memory a + 4 P, time T c + 2 N K c, N = " + nudged + " nudged phases of K = " + nudging.steps()
                + " steps, each with two gradients";
    }

    @Override
    public Optional<String> misfit(Learner<?> learner) {
        return SharedRequirements.descends(learner);
    }

    @Override
    public <T extends TaskBatch<T>> Estimate estimate(Lifetime<T> lifetime) {
        require(lifetime.learner());
        try (Scope s = Scope.open()) {
            Lifetime<T> constant = lifetime.detach();
            Passage ended = constant.run(Trace.NONE);
            Params free = ended.state();
            int end = ended.age();
            InnerLoss<T> loss = InnerLoss.of(constant.replay(), end, false);
            Tensor losses = GradMode.off(() -> constant.replay().metaLoss(free, end, false));

            Params resting = loss.partial(free, 0);
            Params sum = resting.zerosLike();
            Params phi = free;
            double strength = 0;
            for (Contrast.Phase phase : contrast.phases(beta)) {
                Params sides = resting;
                if (phase.strength() != 0) {
                    strength = phase.strength();
                    phi = nudging.run(constant, free, end, strength);
                    sides = loss.partial(phi, strength);
                }
                sum = sum.addScaled(sides, phase.weight());
            }

            // What of the fast state is not weights came from theta by another way than learning.
            Params lambda = free.map(Tensors::zerosLike).with(sum.child("z"));
            Params estimate = Adjoint.throughBeginning(lifetime, lambda, sum.child("theta"));
            UntrainedStart.check(
                    lifetime,
                    estimate,
                    "meta-gradient " + name(),
                    "it needs an inner loss that depends on theta, as a complex synapse's does");
            Params away = loss.weights(phi).sub(loss.weights(free));
            Params diagnostics = Params.builder()
                    .put("free-gradient", left(loss, free, 0))
                    .put("nudged-gradient", left(loss, phi, strength))
                    .put("displacement", norms(away))
                    .build();
            return new Estimate(LifetimeLoss.of(losses, ended.loss()), estimate, diagnostics).keep(s);
        }
    }

    private static Tensor norms(Params perTask) {
        return LinearSolver.norms(perTask.flattenPerTask());
    }

    /** What is left of the gradient that a phase follows. */
    private static <T extends TaskBatch<T>> Tensor left(InnerLoss<T> loss, Params phi, double strength) {
        try (Scope s = Scope.open()) {
            return s.keep(GradMode.off(() -> norms(loss.followed(phi, strength))));
        }
    }
}
