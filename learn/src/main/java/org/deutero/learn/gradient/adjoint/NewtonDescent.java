package org.deutero.learn.gradient.adjoint;

import java.util.function.Function;
import org.deutero.learn.gradient.solver.ConjugateGradient;
import org.deutero.learn.gradient.solver.LinearSolver;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.DType;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Newton's method down to rounding, each step by conjugate gradients and damped as by Levenberg and Marquardt, each task by itself: where no training rule would get in reasonable time. A step is taken
 * where it lowers the loss, or the gradient where the loss can no longer tell; elsewhere the damping grows.
 */
final class NewtonDescent {
    /** From here on a step is too short to change anything. */
    private static final double STIFF = 1e8;

    private static final ConjugateGradient SOLVER = new ConjugateGradient(300, 1e-14);
    /** Relative gradient at which a task counts as settled. */
    private static final double SETTLED = 1e-9;
    /** Relative gradient below which there is nothing to gain. */
    private static final double ROUNDING = 1e-14;
    /** Iterations without gain after which a settled batch is left alone. */
    private static final int PATIENCE = 2;

    private final Function<Params, Tensor> losses;
    private final Params shape;
    private final Tensor scale;
    private final int iterations;
    private Tensor x;
    private Tensor damping;
    /** Tasks whose gradient did not fall with every step, 1 or 0. */
    private Tensor strayed;

    /**
     * Nothing is run yet.
     *
     * @param losses of weights, [tasks]
     * @param start weights [tasks, ...]
     * @param scale gradient norms that a small one is small against, [tasks]
     * @param iterations at most
     */
    NewtonDescent(Function<Params, Tensor> losses, Params start, Tensor scale, int iterations) {
        this.losses = losses;
        this.shape = start.detach().task(0);
        this.scale = scale.add(LinearSolver.TINY);
        this.iterations = iterations;
        this.x = start.flattenPerTask().detach();
        this.damping = Tensors.zerosLike(scale);
        this.strayed = Tensors.zerosLike(scale);
    }

    /**
     * Where it ended.
     *
     * @param unsettled number of tasks whose gradient is not near rounding
     * @param strayed number of tasks that may have come to another minimum than the nearest: curvature was negative on the way, or a step did not halve the gradient
     * @param gradient largest relative norm that is left
     */
    record Result(Params weights, int unsettled, int strayed, double gradient) {}

    /** Losses, gradients and their norms at one point, without graph. */
    private record Point(Tensor loss, Tensor gradient, Tensor norm) {}

    Result run() {
        return GradMode.on(() -> {
            Point now = at(x);
            int idle = 0;
            for (int i = 0; i < iterations && idle < PATIENCE; i++) {
                double before = worst(now);
                if (before <= ROUNDING) {
                    break;
                }
                now = step(now);
                boolean settled = worst(now) <= SETTLED;
                idle = settled && worst(now) > 0.5 * before ? idle + 1 : 0;
            }
            int unsettled = 0;
            for (double left : now.norm().div(scale).doubles()) {
                unsettled += left <= SETTLED ? 0 : 1;
            }
            return new Result(shape.unflatten(x), unsettled, (int) strayed.sum().item(), worst(now));
        });
    }

    private double worst(Point point) {
        double worst = 0;
        for (double left : point.norm().div(scale).doubles()) {
            worst = left <= worst ? worst : left; // a NaN wins
        }
        return worst;
    }

    private Point step(Point now) {
        Tensor oldX = x;
        try (Scope s = Scope.open()) {
            Params leaf = shape.unflatten(x).leaf();
            Params gradient = Autograd.gradient(losses.apply(leaf).sum(), leaf, true);
            // The solver's tolerance is absolute.
            Tensor unit = now.norm().add(LinearSolver.TINY).unsqueeze(1);
            LinearSolver.Solution solution = SOLVER.solve(
                    v -> product(gradient, v, leaf).add(v.mul(damping.unsqueeze(1))),
                    now.gradient().div(unit));
            Tensor next = x.sub(solution.q().mul(unit)).detach();
            Point then = at(next);

            Tensor lower = mask(now.loss().sub(then.loss()).gt(0));
            Tensor level = mask(now.loss()
                    .abs()
                    .mul(1e-13)
                    .sub(then.loss().sub(now.loss()).abs())
                    .gt(0));
            Tensor flatter = mask(now.norm().sub(then.norm()).gt(0));
            Tensor taken =
                    mask(lower.mul(level.neg().add(1)).add(level.mul(flatter)).gt(0));
            Tensor concave = solution.diagnostics().get("negative-curvature");

            Tensor take = taken.unsqueeze(1).gt(0);
            x = s.keep(Tensors.where(take, next, x).detach());
            damping = s.keep(damped(now, gradient, leaf, taken, concave).detach());
            Tensor open = mask(now.norm().div(scale).gt(SETTLED));
            Tensor halved = taken.mul(mask(now.norm().sub(then.norm().mul(2)).gt(0)))
                    .mul(mask(concave.gt(0)).neg().add(1));
            strayed = s.keep(mask(strayed.add(open.mul(halved.neg().add(1))).gt(0)));
            Point kept = new Point(
                    s.keep(Tensors.where(taken.gt(0), then.loss(), now.loss())),
                    s.keep(Tensors.where(take, then.gradient(), now.gradient())),
                    s.keep(Tensors.where(taken.gt(0), then.norm(), now.norm())));
            return kept;
        } finally {
            if (oldX != x) {
                oldX.close();
            }
        }
    }

    /** A tenth after a good step, fourfold after a bad one or where curvature was negative, from a small share of the curvature along the gradient on. */
    private Tensor damped(Point now, Params gradient, Params leaf, Tensor taken, Tensor concave) {
        Tensor g = now.gradient().div(now.norm().add(LinearSolver.TINY).unsqueeze(1));
        Tensor floor = g.mul(product(gradient, g, leaf)).sum(1).abs().mul(1e-5);
        Tensor good = taken.mul(mask(concave.gt(0)).neg().add(1));
        Tensor less = Tensors.where(damping.sub(floor.mul(1e-3)).gt(0), damping.mul(0.1), Tensors.zerosLike(damping));
        // A settled task takes no more steps, and must not raise its damping for ever.
        Tensor raised = Tensors.where(damping.gt(STIFF), damping, damping.mul(4));
        Tensor more = Tensors.where(raised.sub(floor).gt(0), raised, floor);
        return Tensors.where(good.gt(0), less, more);
    }

    private Tensor product(Params gradient, Tensor v, Params leaf) {
        try (Scope s = Scope.open()) {
            return s.keep(Autograd.gradientRetaining(gradient.dot(shape.unflatten(v)), leaf, false)
                    .flattenPerTask());
        }
    }

    private Point at(Tensor vector) {
        try (Scope s = Scope.open()) {
            Params leaf = shape.unflatten(vector).leaf();
            Tensor loss = losses.apply(leaf);
            Tensor gradient =
                    Autograd.gradient(loss.sum(), leaf, false).flattenPerTask().detach();
            return new Point(s.keep(loss.detach()), s.keep(gradient), s.keep(LinearSolver.norms(gradient)));
        }
    }

    private static Tensor mask(Tensor condition) {
        return condition.to(DType.FLOAT64);
    }
}
