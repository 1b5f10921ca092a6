package org.deutero.methods.recurrent;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.deutero.methods.plastic.RecurrentCell;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.recurrent.Course;
import org.deutero.tensor.nn.recurrent.Gru;

/**
 * The library's {@link Gru}. Weights of inputs start by Glorot, those of states orthogonal, gate by gate, biases 0.
 *
 * @param inputs numbers in an input
 * @param units of the layer
 */
public record GruCell(int inputs, int units) implements RecurrentCell {
    private static final int GATES = 3;

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        Params orthogonal = Params.of(
                "weight_hh",
                Tensors.cat(
                        IntStream.range(0, GATES)
                                .mapToObj(gate -> Tensors.orthogonal(rng, dtype, units))
                                .toList(),
                        0));
        return new Gru(inputs, units, Initializer.XAVIER_UNIFORM)
                .init(rng, dtype)
                .with(orthogonal);
    }

    @Override
    public Params start(Params theta, int tasks) {
        return Silence.of(theta.get("weight_hh"), tasks, units);
    }

    @Override
    public Params step(Params theta, Params state, Tensor input) {
        return Params.of(ACTIVITY, Gru.step(theta, input, state.get(ACTIVITY)));
    }

    @Override
    public Tensor sequence(Params theta, Tensor inputs, Tensor keep) {
        return Gru.sequence(theta, inputs, keep);
    }

    @Override
    public Course course(Params theta, Tensor inputs, Tensor keep) {
        return Gru.course(theta, inputs, keep);
    }
}
