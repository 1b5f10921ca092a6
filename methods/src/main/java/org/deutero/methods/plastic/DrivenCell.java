package org.deutero.methods.plastic;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;

/**
 * A cell whose units each have an input of their own, driven by other numbers through a linear layer: with a {@link PlasticCell} h = tanh(input x + b + h_before (w + alpha o H)), which rules nothing of its plasticity, or has none.
 *
 * <p>Parameters: {@code input} with weight [units, inputs] and bias [units], and those of the cell under {@code cell}.
 *
 * @param inputs numbers in an input
 * @param cell that is driven
 */
public record DrivenCell(int inputs, RecurrentCell cell) implements RecurrentCell {
    private static final String INPUT = "input";
    private static final String CELL = "cell";

    @Override
    public int units() {
        return cell.units();
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        return Params.builder()
                .put(INPUT, new Linear(inputs, cell.inputs(), Initializer.FAN_IN_UNIFORM).init(rng, dtype))
                .put(CELL, cell.init(rng, dtype))
                .build();
    }

    @Override
    public Params start(Params theta, int tasks) {
        return cell.start(theta.child(CELL), tasks);
    }

    @Override
    public Params step(Params theta, Params state, Tensor input) {
        return cell.step(theta.child(CELL), state, Linear.apply(theta.child(INPUT), input));
    }
}
