package org.deutero.learn.gradient.solver;

import java.util.function.UnaryOperator;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Conjugate gradients from zero (Hestenes, Stiefel 1952; for meta-learning Rajeswaran et al. 2019). A task stops when its squared residual is at most the
 * tolerance, or at a direction of negative curvature, where the method has no meaning: add damping then. The share of such tasks is
 * the diagnostic {@code negative-curvature}. What was found before that direction stays; where it is the very first one, nothing was, and the
 * curvature is left out of account: q = b / pull.
 *
 * @param iterations at most
 * @param tolerance of the squared residual
 * @param pull the part of the matrix that is known, a multiple of the identity; 0 if there is none, when q stays 0 in such tasks
 */
public record ConjugateGradient(int iterations, double tolerance, double pull) implements LinearSolver {
    /** For a matrix of which nothing is known. */
    public ConjugateGradient(int iterations, double tolerance) {
        this(iterations, tolerance, 0);
    }

    @Override
    public ConjugateGradient knowing(double multiple) {
        return new ConjugateGradient(iterations, tolerance, multiple);
    }

    @Override
    public String name() {
        return "cg";
    }

    @Override
    public String describe() {
        return "by " + iterations + " conjugate-gradient iterations";
    }

    @Override
    public String cost() {
        return "memory 5 P + a2, time T c + (2 k + 2) c, k = " + iterations;
    }

    @Override
    public Solution solve(UnaryOperator<Tensor> operator, Tensor b) {
        Tensor q = Tensors.zerosLike(b);
        Tensor residual = b;
        Tensor direction = b;
        Tensor square = dot(residual, residual);
        Tensor zero = Tensors.zerosLike(square);
        Tensor active = mask(square.gt(tolerance), square);
        Tensor negative = zero;
        for (int i = 0; i < iterations && active.sum().item() > 0; i++) {
            Tensor image = operator.apply(direction);
            Tensor curvature = dot(direction, image);
            Tensor convex = mask(curvature.gt(0), square);
            Tensor bent = active.mul(convex.neg().add(1));
            negative = negative.add(bent);
            if (i == 0 && pull > 0) {
                q = Tensors.where(bent.unsqueeze(1).gt(0), b.div(pull), q);
            }
            active = active.mul(convex);
            // Where a task has stopped, the quotients may be 0/0: the condition keeps them out.
            Tensor step =
                    Tensors.where(active.gt(0), square.div(curvature), zero).unsqueeze(1);
            q = q.add(direction.mul(step));
            residual = residual.sub(image.mul(step));
            Tensor next = dot(residual, residual);
            Tensor turn = Tensors.where(active.gt(0), next.div(square), zero).unsqueeze(1);
            direction = residual.add(direction.mul(turn));
            square = Tensors.where(active.gt(0), next, square);
            active = active.mul(mask(square.gt(tolerance), square));
        }
        Solution solution = Solution.of(q, operator, b);
        return new Solution(q, solution.diagnostics().with(Params.of("negative-curvature", negative)));
    }

    private static Tensor dot(Tensor a, Tensor b) {
        return a.mul(b).sum(1);
    }

    private static Tensor mask(Tensor condition, Tensor like) {
        return condition.to(like.dtype());
    }
}
