package org.deutero.methods.plastic;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A cell whose inputs are multiplied by a factor: its weights on inputs start, and move, as if they were larger by it. Small inputs through small weights leave gates where they are linear.
 *
 * @param cell that is given inputs
 * @param factor on them
 */
public record ScaledCell(RecurrentCell cell, double factor) implements RecurrentCell {
    @Override
    public int inputs() {
        return cell.inputs();
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
        return cell.step(theta, state, input.mul(factor));
    }

    @Override
    public Tensor sequence(Params theta, Tensor inputs, Tensor keep) {
        return cell.sequence(theta, inputs.mul(factor), keep);
    }
}
