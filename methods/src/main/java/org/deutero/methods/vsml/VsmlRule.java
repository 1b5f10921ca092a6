package org.deutero.methods.vsml;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.LayerNorm;

/**
 * The cell that all synapses share, as far as it is chosen rather than learned: an LSTM of N units, and two heads that make messages of M numbers out of its output.
 *
 * <p>Meta-parameters: {@code lstm.weight} [4N, inputs + N] and {@code lstm.bias} [4N], rows in the order input gate, candidate, forget gate, output gate; columns in the order incoming forward
 * message, incoming backward message, reward, own last forward message, own last backward message (the last three if they are inputs), last output. {@code head_forward} and {@code head_backward}
 * with {@code weight} [M, N] and {@code bias} [M]; with layer normalisation also {@code norm_forward} and {@code norm_backward}, [M].
 *
 * @param state N
 * @param message M
 * @param ticks of the LSTM at every visit, with the same incoming messages
 * @param gateBias added to the forget gate and taken from the input gate; 5 in the released code, which begins to learn late
 * @param reduction of the messages that meet in a unit
 * @param layerNorm whether the messages of each synapse are normalised before the reduction
 * @param reward whether a reward is an input
 * @param ownMessages whether the messages that a synapse's units sent last are inputs, so that units of one layer can be told apart
 */
public record VsmlRule(
        int state,
        int message,
        int ticks,
        double gateBias,
        Reduction reduction,
        boolean layerNorm,
        boolean reward,
        boolean ownMessages) {
    static final double NORM_EPSILON = 1e-5;

    /** Refuses messages without a place for a label and a logit. */
    public VsmlRule {
        if (state < 1 || message < 2 || ticks < 1) {
            throw new IllegalArgumentException("a rule needs at least 1 unit, messages of 2 numbers and 1 tick, not "
                    + state + ", " + message + " and " + ticks);
        }
    }

    /** Numbers that a synapse is given, its own last output not counted. */
    int inputs() {
        return 2 * message + (reward ? 1 : 0) + (ownMessages ? 2 * message : 0);
    }

    /** Meta-parameters: weights normal with variance 1 / fan in, drawn again beyond two deviations; biases 0. */
    public Params init(RandomGenerator rng, DType dtype) {
        int fanIn = inputs() + state;
        Params.Builder theta = Params.builder()
                .put("lstm.weight", scaled(rng, dtype, 4 * state, fanIn))
                .put("lstm.bias", Tensors.zeros(dtype, 4L * state));
        for (String head : new String[] {"head_forward", "head_backward"}) {
            theta.put(head + ".weight", scaled(rng, dtype, message, state))
                    .put(head + ".bias", Tensors.zeros(dtype, message));
        }
        if (layerNorm) {
            theta.put("norm_forward", norm().init(dtype)).put("norm_backward", norm().init(dtype));
        }
        return theta.build();
    }

    private static Tensor scaled(RandomGenerator rng, DType dtype, int rows, int columns) {
        return Tensors.truncatedNormal(rng, dtype, rows, columns).div(Math.sqrt(columns));
    }

    LayerNorm norm() {
        return new LayerNorm(message, NORM_EPSILON);
    }
}
