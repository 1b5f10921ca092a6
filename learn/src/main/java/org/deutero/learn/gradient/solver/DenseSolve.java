package org.deutero.learn.gradient.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.deutero.options.OptionsException;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * A direct solve with the matrix built column by column: the reference for small problems.
 *
 * @param limit the largest number of columns that is taken on
 */
public record DenseSolve(int limit) implements LinearSolver {
    @Override
    public String name() {
        return "dense";
    }

    @Override
    public String describe() {
        return "directly";
    }

    @Override
    public String cost() {
        return "memory P^2 + a2, time T c + 2 P c + P^3";
    }

    @Override
    public Solution solve(UnaryOperator<Tensor> operator, Tensor b) {
        int tasks = (int) b.size(0);
        int size = (int) b.size(1);
        if (size > limit) {
            throw new OptionsException(
                    "meta-gradient implicit-dense builds a matrix of the fast weights, and there are " + size
                            + "; expected at most " + limit + " (meta-gradient.limit); use implicit-cg");
        }
        Tensor units = Tensors.eye(size, b.dtype());
        List<Tensor> columns = new ArrayList<>(size);
        for (int j = 0; j < size; j++) {
            columns.add(operator.apply(units.select(0, j).unsqueeze(0).expand(tasks, size)));
        }
        Tensor matrix = Tensors.stack(columns, 2);
        return Solution.of(Tensors.solve(matrix, b.unsqueeze(2)).squeeze(2), operator, b);
    }
}
