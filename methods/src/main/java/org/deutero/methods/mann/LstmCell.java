package org.deutero.methods.mann;

import java.util.random.RandomGenerator;
import org.deutero.methods.plastic.RecurrentCell;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.recurrent.Lstm;
import org.deutero.tensor.nn.recurrent.LstmStart;

/**
 * Long short-term memory by itself, whose activity is its output: learning in the activations alone (Hochreiter, Younger, Conwell 2001), with what a {@link MemoryCell} has to be compared with. Parameters as of {@link Lstm}.
 *
 * @param inputs numbers in an input
 * @param units of the layer
 * @param forgetBias added to the bias of the forget gate at the start
 * @param initial how weights and biases start
 */
public record LstmCell(int inputs, int units, double forgetBias, LstmStart initial) implements RecurrentCell {
    private static final String CARRY = "c";

    /** A layer that starts Glorot uniform. */
    public LstmCell(int inputs, int units, double forgetBias) {
        this(inputs, units, forgetBias, LstmStart.GLOROT);
    }

    /** The same without such a bias. */
    public LstmCell(int inputs, int units) {
        this(inputs, units, 0);
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        return initial.cell(rng, dtype, inputs, units, forgetBias);
    }

    @Override
    public Params start(Params theta, int tasks) {
        Tensor bias = theta.get("bias");
        Tensor zeros = Tensors.zeros(bias.dtype(), tasks, 1, units).to(bias.device());
        return Params.builder().put(ACTIVITY, zeros).put(CARRY, zeros).build();
    }

    @Override
    public Params step(Params theta, Params state, Tensor input) {
        Lstm.State next = Lstm.step(theta, input, new Lstm.State(state.get(ACTIVITY), state.get(CARRY)));
        return Params.builder().put(ACTIVITY, next.h()).put(CARRY, next.c()).build();
    }

    @Override
    public Tensor sequence(Params theta, Tensor inputs, Tensor keep) {
        return Lstm.sequence(theta, inputs, keep);
    }
}
