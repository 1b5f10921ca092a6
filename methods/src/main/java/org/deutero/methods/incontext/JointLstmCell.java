package org.deutero.methods.incontext;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.methods.mann.LstmCell;
import org.deutero.methods.plastic.RecurrentCell;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.recurrent.Lstm;

/**
 * Long short-term memory that starts as Haiku's does: weights on inputs and on outputs are those of one layer, normal with deviation 1/sqrt(inputs + units), drawn again beyond two deviations; biases 0, that of the forget gate 1. Parameters as of {@link Lstm}.
 *
 * @param inputs numbers in an input
 * @param units of the layer
 */
public record JointLstmCell(int inputs, int units) implements RecurrentCell {
    private LstmCell cell() {
        return new LstmCell(inputs, units);
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        return joint(rng, dtype, inputs, units, 4L * units)
                .with(Params.of(
                        "bias",
                        Tensors.cat(
                                List.of(
                                        Tensors.zeros(dtype, units),
                                        Tensors.ones(dtype, units),
                                        Tensors.zeros(dtype, 2L * units)),
                                0)));
    }

    /** {@code weight_ih} [rows, inputs] and {@code weight_hh} [rows, units] of one layer, and a {@code bias} of 0. */
    static Params joint(RandomGenerator rng, DType dtype, int inputs, int units, long rows) {
        Tensor all = Tensors.truncatedNormal(rng, dtype, rows, inputs + (long) units)
                .div(Math.sqrt(inputs + (double) units));
        return Params.builder()
                .put("weight_ih", all.slice(1, 0, inputs).copy())
                .put("weight_hh", all.slice(1, inputs, inputs + (long) units).copy())
                .put("bias", Tensors.zeros(dtype, rows))
                .build();
    }

    @Override
    public Params start(Params theta, int tasks) {
        return cell().start(theta, tasks);
    }

    @Override
    public Params step(Params theta, Params state, Tensor input) {
        return cell().step(theta, state, input);
    }

    @Override
    public Tensor sequence(Params theta, Tensor inputs, Tensor keep) {
        return cell().sequence(theta, inputs, keep);
    }
}
