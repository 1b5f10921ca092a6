package org.deutero.tasks.training;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Chance;
import org.deutero.tasks.problem.Problem;
import org.deutero.tasks.problem.ProblemShape;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * Quadratics |W x - y|^2 (Andrychowicz et al. 2016, arXiv 1606.04474, section 3.1). The weights {@code x} [tasks, d] start normal.
 *
 * <p>A mini-batch is some of the rows of W, different ones, whose loss is scaled up to that of all; the loss of all rows is what counts.
 *
 * @param w [tasks, rows, d]
 * @param y [tasks, rows]
 * @param batch rows of a mini-batch; all of them if there are no more
 * @param deviation of the start
 */
public record Bowls(Tensor w, Tensor y, int batch, double deviation) implements Problem {
    /** The deviation of the start as published. */
    public static final double START = 0.01;

    private static final String X = "x";

    /** Starts as published. */
    public Bowls(Tensor w, Tensor y, int batch) {
        this(w, y, batch, START);
    }

    /** Refuses tensors that do not belong together. */
    public Bowls {
        if (w.rank() != 3 || y.rank() != 2 || w.size(0) != y.size(0) || w.size(1) != y.size(1) || batch < 1) {
            throw new IllegalArgumentException("W " + Arrays.toString(w.shape()) + " and y "
                    + Arrays.toString(y.shape()) + " with mini-batches of " + batch + " rows do not make quadratics");
        }
    }

    /** The shape of quadratics of so many dimensions. */
    public static ProblemShape shape(int dimensions) {
        return new ProblemShape(Map.of(X, List.of((long) dimensions)));
    }

    @Override
    public ProblemShape shape() {
        return shape(Math.toIntExact(w.size(2)));
    }

    @Override
    public int size() {
        return Math.toIntExact(w.size(0));
    }

    @Override
    public Bowls slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size());
        return new Bowls(w.slice(0, from, to), y.slice(0, from, to), batch, deviation);
    }

    @Override
    public Bowls repeat(int times) {
        return new Bowls(w.tile(times), y.tile(times), batch, deviation);
    }

    @Override
    public Bowls to(DType dtype) {
        return new Bowls(w.to(dtype), y.to(dtype), batch, deviation);
    }

    @Override
    public Params start(Chance chance) {
        int d = Math.toIntExact(w.size(2));
        double[] x = new double[ArraySize.of(size(), d)];
        for (int t = 0; t < size(); t++) {
            RandomGenerator rng = chance.of(t);
            for (int i = 0; i < d; i++) {
                x[t * d + i] = deviation * rng.nextGaussian();
            }
        }
        return Params.of(X, Tensor.of(x, size(), d).to(w.dtype()));
    }

    @Override
    public Tensor loss(Params weights, Chance chance) {
        int rows = Math.toIntExact(w.size(1));
        if (batch >= rows) {
            return heldOut(weights);
        }
        Tensor chosen = Rows.draw(chance, size(), rows, batch);
        return squared(weights, Rows.of(w, chosen), Rows.of(y, chosen)).mul((double) rows / batch);
    }

    @Override
    public Tensor heldOut(Params weights) {
        return squared(weights, w, y);
    }

    private static Tensor squared(Params weights, Tensor w, Tensor y) {
        return w.matmul(weights.get(X).unsqueeze(2)).squeeze(2).sub(y).square().sum(1);
    }
}
