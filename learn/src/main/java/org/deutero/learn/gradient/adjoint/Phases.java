package org.deutero.learn.gradient.adjoint;

import org.deutero.learn.Lifetime;
import org.deutero.learn.Trace;
import org.deutero.learn.gradient.solver.LinearSolver;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * The free and nudged phases of a learner on given tasks, each as short as training has it or settled to rounding: what the error of a {@link Contrastive} estimate is made of.
 * What methods return lies in the innermost open scope.
 *
 * @param <T> tasks in a batch
 */
public final class Phases<T extends TaskBatch<T>> {
    private final Lifetime<T> lifetime;
    private final int end;
    /** At the end of the free phase, its gradients as constants. */
    private final InnerLoss<T> loss;

    private Phases(Lifetime<T> lifetime) {
        this.lifetime = lifetime;
        this.end = lifetime.steps();
        this.loss = InnerLoss.of(lifetime.replay(), end, false);
    }

    /** Nothing is run yet. @throws OptionsException if the learner follows no inner loss */
    public static <T extends TaskBatch<T>> Phases<T> of(Lifetime<T> lifetime) {
        SharedRequirements.descends(lifetime.learner()).ifPresent(reason -> {
            throw new OptionsException("phases of learning do not fit this method: " + reason);
        });
        return new Phases<>(lifetime.detach());
    }

    /** Steps of the free phase. */
    public int steps() {
        return end;
    }

    /** The number of fast weights of a task. */
    public long weights() {
        try (Scope s = Scope.open()) {
            Params start = lifetime.replay().begin(false);
            return loss.weights(start).numel() / lifetime.tasks().size();
        }
    }

    /** The state at the end of the free phase. */
    public Params free() {
        try (Scope s = Scope.open()) {
            return s.keep(lifetime.run(Trace.NONE).state());
        }
    }

    /** The state at the end of a phase that goes on from the end of the free one; strength 0 lets it relax further by the rule of nudged phases. */
    public Params nudged(Nudging nudging, Params free, double strength) {
        return nudging.run(lifetime, free, end, strength);
    }

    /** The minimum of L + strength F that descent from a state finds with at most so many of Newton's steps. */
    public Minimum settled(Params start, double strength, int iterations) {
        try (Scope s = Scope.open()) {
            Params weights = loss.weights(start);
            InnerLoss<T> differentiable = loss.with(true);
            // What a gradient is small against: both gradients where learning begins.
            Params begin = lifetime.replay().begin(false);
            Tensor scale = LinearSolver.norms(gradient(begin, strength));
            NewtonDescent newton = new NewtonDescent(
                    w -> differentiable.augmented(lifetime.theta(), start.with(w), strength),
                    weights,
                    scale,
                    iterations);
            NewtonDescent.Result result = newton.run();
            return new Minimum(
                    s.keep(start.with(result.weights()).detach()),
                    result.unsettled(),
                    result.strayed(),
                    result.gradient());
        }
    }

    /**
     * Where descent ended.
     *
     * @param phi the state
     * @param unsettled number of tasks whose gradient did not vanish: a negative phase may have no minimum
     * @param strayed number of tasks that may have left the valley they began in: Newton's steps did not fall straight to the bottom
     * @param gradient largest norm of what is left of a task's gradient, relative to that where learning begins
     */
    public record Minimum(Params phi, int unsettled, int strayed, double gradient) {
        /** Whether every task has reached its minimum. */
        public boolean settled() {
            return unsettled == 0;
        }

        /** Whether it is the minimum nearest to the start in every task. */
        public boolean nearest() {
            return unsettled == 0 && strayed == 0;
        }
    }

    /** h: the derivative of the sum over tasks of L + strength F in theta, the state held fixed; a tree like theta. */
    public Params derivative(Params phi, double strength) {
        try (Scope s = Scope.open()) {
            Params sides = loss.partial(phi, strength);
            return s.keep(
                    Adjoint.throughBeginning(lifetime, phi.zerosLike().with(sides.child("z")), sides.child("theta")));
        }
    }

    /** The gradient that implicit differentiation finds at a state; exact at a minimum with an exact solver. @throws OptionsException if theta acts through the start only */
    public Params implicit(LinearSolver solver, Params phi) {
        try (Scope s = Scope.open()) {
            return s.keep(new Implicit(solver, 0).at(phi, end, lifetime).gradient());
        }
    }

    /** The largest curvature of the inner loss at a state in any task, by so many power iterations: Neumann's series needs a rate below two divided by it. */
    public double sharpness(Params phi, int iterations) {
        try (Scope s = Scope.open()) {
            Params weights = loss.weights(phi);
            Params u = weights.map(Tensors::onesLike);
            double largest = 0;
            for (int i = 0; i < iterations; i++) {
                u = u.mulPerTask(LinearSolver.norms(u.flattenPerTask())
                        .add(LinearSolver.TINY)
                        .pow(-1));
                u = Curvature.ForwardOverReverse.INSTANCE
                        .along(loss, phi, u)
                        .child("z")
                        .filter(weights::has)
                        .detach();
                largest = 0;
                for (double length : LinearSolver.norms(u.flattenPerTask()).doubles()) {
                    largest = Math.max(largest, length);
                }
            }
            return largest;
        }
    }

    /** The number of tasks whose free phase went up: the gradient of the inner loss is larger, or not finite, where it ended than where it began. */
    public int rising(Params free) {
        try (Scope s = Scope.open()) {
            Params begin = lifetime.replay().begin(false);
            double[] before = LinearSolver.norms(gradient(begin, 0)).doubles();
            double[] after = LinearSolver.norms(gradient(free, 0)).doubles();
            int count = 0;
            for (int i = 0; i < after.length; i++) {
                count += after[i] <= before[i] ? 0 : 1;
            }
            return count;
        }
    }

    /**
     * The number of tasks whose negative phase has run away: it ended at numbers that are not finite; or more than twice as far from the free state as the positive phase, while the
     * mean curvature of L - strength F along its way was not positive, so that nothing held it.
     */
    public int runaways(Params free, Params negative, Params positive, double strength) {
        try (Scope s = Scope.open()) {
            Tensor way = loss.weights(negative).sub(loss.weights(free)).flattenPerTask();
            Tensor turn = gradient(negative, -strength).sub(gradient(free, -strength));
            double[] curvature = way.mul(turn).sum(1).doubles();
            double[] far = LinearSolver.norms(way).doubles();
            double[] usual = LinearSolver.norms(
                            loss.weights(positive).sub(loss.weights(free)).flattenPerTask())
                    .doubles();
            int count = 0;
            for (int i = 0; i < far.length; i++) {
                boolean loose = !(curvature[i] > 0) && far[i] > 2 * usual[i];
                if (!Double.isFinite(far[i]) || !Double.isFinite(curvature[i]) || loose) {
                    count++;
                }
            }
            return count;
        }
    }

    /** The gradient of L + strength F in the weights, [tasks, P]. */
    private Tensor gradient(Params phi, double strength) {
        try (Scope s = Scope.open()) {
            return s.keep(loss.followed(phi, strength).flattenPerTask());
        }
    }
}
