package org.deutero.learn.gradient.adjoint;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.deutero.learn.Capability;
import org.deutero.learn.Learner;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.Trace;
import org.deutero.learn.capability.GradientLearner;
import org.deutero.learn.gradient.solver.LinearSolver;
import org.deutero.learn.gradient.solver.NeumannSeries;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * The implicit function theorem at the end of the inner loop (Bengio 2000; Pedregosa 2016; Rajeswaran et al. 2019; Lorraine et al. 2020): g = dF/dtheta - C'q with
 * H q = dF/dphi, where H and C are the second derivatives of the inner loss in the weights, and in weights and theta.
 *
 * <p>Exact where the inner loss is stationary; how far from that it ended is the diagnostic {@code inner-gradient}, how well the system was solved {@code residual}. What
 * of the fast state is not weights (features computed once) is differentiated through where it came from; it must not change along the loop unless the
 * inner loss ignores it, as it does the slots of an optimiser.
 *
 * @param solver of the linear system
 * @param damping added to H times the identity, which makes an indefinite H solvable and shrinks q
 */
public record Implicit(LinearSolver solver, double damping) implements MetaGradient {
    /**
     * The identity in place of H (Luketina, Berglund, Greff, Raiko 2016, arXiv 1511.06727): q = dF/dphi. For a pull lambda/2 |phi - omega|^2 it is lambda times first-order MAML's direction.
     */
    public static final Implicit T1_T2 = new Implicit(new NeumannSeries(0, 1), 0);

    private boolean isT1T2() {
        return damping == 0 && solver instanceof NeumannSeries series && series.terms() == 0 && series.rate() == 1;
    }

    @Override
    public String name() {
        return isT1T2() ? "t1-t2" : "implicit-" + solver.name();
    }

    @Override
    public String describe() {
        return "implicit function theorem at the end of the inner loop, solved " + solver.describe()
                + (damping > 0 ? " with damping " + damping : "")
                + "; exact only at a minimum of the inner loss, blind to how it was reached";
    }

    @Override
    public String cost() {
        return solver.cost();
    }

    @Override
    public Optional<String> misfit(Learner<?> learner) {
        return SharedRequirements.descendsExactly(learner);
    }

    @Override
    public <T extends TaskBatch<T>> Estimate estimate(Lifetime<T> lifetime) {
        require(lifetime.learner());
        try (Scope s = Scope.open()) {
            Passage end = lifetime.detach().run(Trace.NONE);
            Estimate found = at(end.state(), end.age(), lifetime);
            return new Estimate(LifetimeLoss.of(found.losses(), end.loss()), found.gradient(), found.diagnostics())
                    .keep(s);
        }
    }

    /** The gradient where learning ended at phi after so many steps, in the innermost open scope. */
    <T extends TaskBatch<T>> Estimate at(Params phi, int steps, Lifetime<T> lifetime) {
        try (Scope s = Scope.open()) {
            Adjoint end = Adjoint.ofMetaLoss(lifetime, phi, steps);
            InnerLoss<T> loss = InnerLoss.of(lifetime.replay(), steps, true);
            Params weights = loss.weights(phi).leaf();
            Params inputs = Params.builder()
                    .put("z", phi.filter(name -> !weights.has(name)).leaf())
                    .put("theta", lifetime.theta().leaf())
                    .put("weights", weights)
                    .build();
            Tensor losses = loss.of(inputs.child("theta"), inputs.child("z").with(weights));
            Params gradient = Autograd.gradient(losses.sum(), weights, true);

            Params shape = weights.detach().task(0);
            UnaryOperator<Tensor> hessian = v -> product(gradient, shape.unflatten(v), weights)
                    .flattenPerTask()
                    .addScaled(v, damping);
            LinearSolver.Solution solution = solver.knowing(known(lifetime, steps))
                    .solve(hessian, end.lambda().filter(weights::has).flattenPerTask());
            Params mixed = product(
                    gradient, shape.unflatten(solution.q()), inputs.filter(name -> !name.startsWith("weights.")));

            Params rest = end.lambda().filter(name -> !weights.has(name)).sub(mixed.child("z"));
            Params lambda = phi.map(Tensors::zerosLike).with(rest);
            Params estimate =
                    Adjoint.throughBeginning(lifetime, lambda, end.gradient().sub(mixed.child("theta")));
            UntrainedStart.check(
                    lifetime,
                    estimate,
                    "meta-gradient " + name(),
                    "it needs an inner loss that depends on theta, as iMAML's does");
            Params diagnostics = solution.diagnostics()
                    .with(Params.of(
                            "inner-gradient",
                            LinearSolver.norms(gradient.flattenPerTask().detach())));
            return new Estimate(end.losses(), estimate, diagnostics).keep(s);
        }
    }

    /** The known multiple of the identity: the learner's pull and the damping. Where there is neither, the identity itself stands for H, as in {@link #T1_T2}. */
    private <T extends TaskBatch<T>> double known(Lifetime<T> lifetime, int steps) {
        Optional<GradientLearner<T>> learner = Capability.of(lifetime.learner(), GradientLearner.class);
        double pull =
                learner.map(l -> l.pull(lifetime.context().at(steps, false))).orElse(0.0);
        return pull + damping > 0 ? pull + damping : 1;
    }

    /** The derivative of the gradient along v, on the graph that all products share. */
    private static Params product(Params gradient, Params v, Params inputs) {
        try (Scope s = Scope.open()) {
            return s.keep(Autograd.gradientRetaining(gradient.dot(v), inputs, false));
        }
    }
}
