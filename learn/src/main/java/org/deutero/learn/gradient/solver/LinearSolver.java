package org.deutero.learn.gradient.solver;

import java.util.function.UnaryOperator;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** Solves A q = b for a batch of tasks, each with a symmetric matrix of its own that can only be multiplied with; tasks never mix. */
public sealed interface LinearSolver permits ConjugateGradient, NeumannSeries, DenseSolve {
    /** Added to a norm before division by it: nothing beside any norm of interest, in float32 too, but not zero. */
    double TINY = 1e-30;

    /** The last part of the estimator's name in recipes, {@code implicit-...}. */
    String name();

    /** What the solver does, for a sentence that begins "solved". */
    String describe();

    /** Memory and time in the symbols of {@link org.deutero.learn.meta.MetaGradient#cost()}. */
    String cost();

    /**
     * The same solver for matrices that hold a known part: this multiple of the identity, beside what they are otherwise. Only those care that have nothing to go by without.
     */
    default LinearSolver knowing(double multiple) {
        return this;
    }

    /**
     * Solves.
     *
     * @param operator from [tasks, P] to [tasks, P]
     * @param b right-hand sides [tasks, P]
     */
    Solution solve(UnaryOperator<Tensor> operator, Tensor b);

    /**
     * What was found.
     *
     * @param q [tasks, P]
     * @param diagnostics {@code residual} |A q - b| / |b|, and what else the solver has to say, [tasks] each
     */
    record Solution(Tensor q, Params diagnostics) {
        /** A solution with its residual, at one more product. */
        static Solution of(Tensor q, UnaryOperator<Tensor> operator, Tensor b) {
            Tensor error = norms(operator.apply(q).sub(b));
            // Without a right-hand side there is no error either.
            Tensor residual = error.div(norms(b).add(TINY));
            return new Solution(q, Params.of("residual", residual));
        }
    }

    /** Euclidean norms of the rows of [tasks, P], [tasks]. */
    static Tensor norms(Tensor rows) {
        return rows.square().sum(1).sqrt();
    }
}
