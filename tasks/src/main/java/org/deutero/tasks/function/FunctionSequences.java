package org.deutero.tasks.function;

import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;

/**
 * Functions drawn from a family, each met point by point, without noise: the tasks of supervised meta-learning in the state of a recurrent network (Hochreiter, Younger, Conwell 2001).
 *
 * <p>Items are {@code [tasks, length, inputs]}, answers {@code [tasks, length, 1]}, without questions. Drawing a + b tasks gives the same tasks as drawing a and then b.
 *
 * @param family of the functions
 * @param inputs numbers in a point; the family's own, except for linear functions
 * @param length points of each function
 * @param dtype FLOAT32 or FLOAT64
 */
public record FunctionSequences(FunctionFamily family, int inputs, int length, DType dtype)
        implements TaskSource<Sequences> {
    /** Functions of as many inputs as their family has. */
    public FunctionSequences(FunctionFamily family, int length, DType dtype) {
        this(family, family.inputs(), length, dtype);
    }

    /** Refuses empty sequences, and inputs that a family does not have. */
    public FunctionSequences {
        if (inputs < 1 || family != FunctionFamily.LINEAR && inputs != family.inputs()) {
            throw new IllegalArgumentException(
                    "functions of this family have " + family.inputs() + " inputs, not " + inputs);
        }
        if (length < 1) {
            throw new IllegalArgumentException("a sequence needs at least 1 point, not " + length);
        }
    }

    @Override
    public Sequences sample(int tasks, RandomGenerator rng) {
        double[] x = new double[ArraySize.of(tasks, length, inputs)];
        double[] y = new double[ArraySize.of(tasks, length)];
        double[] function = new double[family.parameters(inputs)];
        double[] point = new double[inputs];
        for (int i = 0; i < y.length; i++) {
            if (i % length == 0) {
                family.function(rng, function);
            }
            for (int j = 0; j < inputs; j++) {
                point[j] = family.input(rng);
                x[i * inputs + j] = point[j];
            }
            y[i] = family.value(function, point);
        }
        return new Sequences(
                Tensor.of(x, tasks, length, inputs).to(dtype),
                Tensor.of(y, tasks, length, 1).to(dtype),
                0);
    }
}
