package org.deutero.learn.gradient.solver;

import java.util.function.UnaryOperator;
import org.deutero.tensor.Tensor;

/**
 * The truncated Neumann series q = rate * sum_{j=0..terms} (I - rate A)^j b (Lorraine, Vicol, Duvenaud 2020, arXiv 1911.02590). Converges if all
 * eigenvalues of A lie between 0 and 2 / rate; no term is T1-T2, and k terms are truncated back-propagation through k + 1 steps from a stationary
 * point.
 *
 * @param terms after the first
 * @param rate of the series; the inner loop's own is a natural choice
 */
public record NeumannSeries(int terms, double rate) implements LinearSolver {
    @Override
    public String name() {
        return "neumann";
    }

    @Override
    public String describe() {
        return "by " + terms + " terms of the Neumann series";
    }

    @Override
    public String cost() {
        return "memory 3 P + a2, time T c + (2 k + 2) c, k = " + terms;
    }

    @Override
    public Solution solve(UnaryOperator<Tensor> operator, Tensor b) {
        Tensor term = b;
        Tensor sum = b;
        for (int j = 0; j < terms; j++) {
            term = term.addScaled(operator.apply(term), -rate);
            sum = sum.add(term);
        }
        return Solution.of(sum.mul(rate), operator, b);
    }
}
