package org.deutero.methods.plastic;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * A cell whose inputs are preceded by a constant 1, which serves cells that have no bias, as in the inputs of Miconi et al. 2019.
 *
 * @param cell with one input more
 */
public record BiasedCell(RecurrentCell cell) implements RecurrentCell {
    @Override
    public int inputs() {
        return cell.inputs() - 1;
    }

    @Override
    public int units() {
        return cell.units();
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        return cell.init(rng, dtype);
    }

    @Override
    public Params start(Params theta, int tasks) {
        return cell.start(theta, tasks);
    }

    @Override
    public Params step(Params theta, Params state, Tensor input) {
        Tensor one =
                Tensors.ones(input.dtype(), input.size(0), input.size(1), 1).to(input.device());
        return cell.step(theta, state, Tensors.cat(List.of(one, input), 2));
    }
}
