package org.deutero.learn.gradient;

import java.util.Locale;
import java.util.Optional;
import org.deutero.learn.Estimate;
import org.deutero.learn.GradientLearner;
import org.deutero.learn.Learner;
import org.deutero.learn.MetaGradient;
import org.deutero.learn.StepContext;
import org.deutero.learn.TaskContext;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Autograd;
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
                + "); first derivatives only, exact at minima of the inner loss as the strength goes to 0";
    }

    @Override
    public String cost() {
        return "memory a + 4P, time (T + K N) c for N nudged phases of K steps";
    }

    @Override
    public Optional<String> misfit(Learner<?> learner) {
        return Premises.descends(learner);
    }

    @Override
    public <T extends TaskBatch<T>> Estimate estimate(Learner<T> any, Params theta, T tasks, TaskContext context) {
        require(any);
        GradientLearner<T> learner = (GradientLearner<T>) any;
        try (Scope s = Scope.open()) {
            var trajectory = new Trajectory<>(learner, theta, tasks, context, 0, Integer.MAX_VALUE);
            Params free = trajectory.last();
            int end = trajectory.steps();
            StepContext at = context.replay().at(end, false);
            Tensor losses = GradMode.off(() -> learner.metaLoss(theta.detach(), free, tasks, at));

            Params resting = partial(learner, theta, free, tasks, at, 0);
            Params sum = resting.filter(Contrastive::isFixedSide).zerosLike();
            Params phi = free;
            Params sides = resting;
            for (Contrast.Phase phase : contrast.phases(beta)) {
                if (phase.strength() != 0) {
                    phi = nudging.run(learner, theta.detach(), free, tasks, context, end, phase.strength());
                    sides = partial(learner, theta, phi, tasks, at, phase.strength());
                }
                sum = sum.addScaled(sides.filter(Contrastive::isFixedSide), phase.weight());
            }

            // What of the fast state is not weights came from theta by another way than learning.
            Params lambda = free.map(Tensors::zerosLike).with(sum.child("z"));
            Params estimate = Adjoint.throughBeginning(
                    learner, theta, tasks, context, new Adjoint(losses, lambda, sum.child("theta")));
            CutOff.check(
                    learner,
                    theta,
                    tasks,
                    context,
                    estimate,
                    "meta-gradient " + name(),
                    "it needs an inner loss that depends on theta, as a complex synapse's does");
            Params away = learner.weights(phi).sub(learner.weights(free));
            Params diagnostics = Params.builder()
                    .put("free-gradient", norms(resting.child("weights")))
                    .put("nudged-gradient", norms(sides.child("weights")))
                    .put("displacement", norms(away))
                    .build();
            return new Estimate(Sums.add(losses, trajectory.met()), estimate, diagnostics).keep(s);
        }
    }

    private static boolean isFixedSide(String name) {
        return !name.startsWith("weights.");
    }

    private static Tensor norms(Params perTask) {
        return LinearSolver.norms(perTask.flattenPerTask());
    }

    /** Partial derivatives of the sum over tasks of the augmented loss: by {@code weights}, by {@code z}, the rest of the fast state, and by {@code theta}. */
    private static <T extends TaskBatch<T>> Params partial(
            GradientLearner<T> learner, Params theta, Params phi, T tasks, StepContext at, double strength) {
        try (Scope s = Scope.open()) {
            return GradMode.on(() -> {
                Params weights = learner.weights(phi).leaf();
                Params inputs = Params.builder()
                        .put("weights", weights)
                        .put("z", phi.filter(name -> !weights.has(name)).leaf())
                        .put("theta", theta.leaf())
                        .build();
                Params state = inputs.child("z").with(weights);
                Tensor losses = Augmented.loss(learner, inputs.child("theta"), state, tasks, at, strength);
                return s.keep(Autograd.gradient(losses.sum(), inputs, false));
            });
        }
    }
}
