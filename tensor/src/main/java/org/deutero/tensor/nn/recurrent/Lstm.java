package org.deutero.tensor.nn.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997; forget gates of Gers, Schmidhuber, Cummins 2000): [i, f, g, o] = W x + U h + b, c' = sigmoid(f) c + sigmoid(i) tanh(g), h' = sigmoid(o) tanh(c').
 *
 * <p>It is made of elementary operations, since libtorch's own cells have no second derivative. Parameters: {@code weight_ih} [4 units, in], {@code weight_hh} [4 units, units] and {@code bias} [4 units], rows in the order
 * i, f, g, o, as in PyTorch but with one bias.
 *
 * @param in features of an input
 * @param units of the state
 * @param initializer how both weights and the bias start
 * @param forgetBias added to the bias of the forget gate at the start
 */
public record Lstm(int in, int units, Initializer initializer, double forgetBias) {
    /**
     * The state.
     *
     * @param h output [tasks, n, units]
     * @param c memory, likewise
     */
    public record State(Tensor h, Tensor c) {
        /** Zeros. */
        public static State zeros(DType dtype, long... shape) {
            return new State(Tensors.zeros(dtype, shape), Tensors.zeros(dtype, shape));
        }
    }

    /** The order of the four blocks in the pre-activations of a cell: input gate, forget gate, candidate g, output gate. */
    public enum Gates {
        /** As in PyTorch, and in {@link Lstm}. */
        IFGO(0, 1, 2, 3),
        /** As in TensorFlow. */
        IGFO(0, 2, 1, 3),
        /** Of memory-augmented networks. */
        FIOG(1, 0, 3, 2);

        private final int input;
        private final int forget;
        private final int candidate;
        private final int output;

        Gates(int input, int forget, int candidate, int output) {
            this.input = input;
            this.forget = forget;
            this.candidate = candidate;
            this.output = output;
        }

        /**
         * The cell without its weights.
         *
         * @param drive pre-activations, four blocks along a dimension
         * @param c memory, of which that dimension has one block's size
         */
        public State update(Tensor drive, Tensor c, int dim) {
            long n = c.size(dim);
            List<Tensor> blocks = drive.split(dim, n, n, n, n);
            Tensor kept = blocks.get(forget).sigmoid().mul(c);
            Tensor added = blocks.get(input).sigmoid().mul(blocks.get(candidate).tanh());
            Tensor memory = kept.add(added);
            return new State(blocks.get(output).sigmoid().mul(memory.tanh()), memory);
        }
    }

    /** Fresh parameters. */
    public Params init(RandomGenerator rng, DType dtype) {
        long rows = 4L * units;
        return Params.builder()
                .put("weight_ih", initializer.weight(rng, dtype, rows, in))
                .put("weight_hh", initializer.weight(rng, dtype, rows, units))
                .put("bias", initializer.bias(rng, dtype, units, rows).add(forgetting(dtype, units, forgetBias)))
                .build();
    }

    /** A bias [4 units] that is 0 but for the forget gate. */
    static Tensor forgetting(DType dtype, int units, double forgetBias) {
        return Tensors.cat(
                List.of(
                        Tensors.zeros(dtype, units),
                        Tensors.full(forgetBias, dtype, units),
                        Tensors.zeros(dtype, 2L * units)),
                0);
    }

    /**
     * One step of time.
     *
     * @param params as {@link #init} makes them, or each with a leading task dimension
     * @param x [tasks, n, in]
     * @param before the state before; a longer h than c, such as an output with what was read by it, fits a longer {@code weight_hh}
     */
    public static State step(Params params, Tensor x, State before) {
        return recurrent(params, driven(params, x), before);
    }

    /**
     * A whole course of time, from a state of zeros.
     *
     * @param x [tasks, time, in]
     * @return outputs [tasks, time, units]
     */
    public static Tensor sequence(Params params, Tensor x) {
        return sequence(params, x, false, null);
    }

    /**
     * The same.
     *
     * @param keep factors on the states before each moment, 0 where all begins anew, [tasks, time]; null for 1
     */
    public static Tensor sequence(Params params, Tensor x, Tensor keep) {
        return sequence(params, x, false, keep);
    }

    /** The same from the last moment to the first, each output at its input's place. */
    public static Tensor reversed(Params params, Tensor x) {
        return sequence(params, x, true, null);
    }

    /**
     * Several courses of time for each task from the last moment to the first, from states of zeros, each output at its input's place.
     *
     * @param x [tasks, n, time, in]
     * @param keep factors on both halves of the state before a moment is taken in, 0 where nothing that comes later counts, [tasks, n, time]
     * @return outputs [tasks, n, time, units]
     */
    public static Tensor reversed(Params params, Tensor x, Tensor keep) {
        long n = x.size(1);
        long time = x.size(2);
        if (params.get("weight_hh").rank() == 2) {
            Tensor outputs = sequence(params, x.reshape(-1, time, x.size(3)), true, keep.reshape(-1, time));
            return outputs.reshape(x.size(0), n, time, outputs.size(2));
        }
        Tensor driven = driven(params, x.reshape(x.size(0), n * time, x.size(3)));
        List<Tensor> moments =
                driven.reshape(x.size(0), n, time, driven.size(2)).unbind(2);
        List<Tensor> kept = keep.unsqueeze(3).unbind(2);
        Tensor zeros =
                Tensors.zeros(x.dtype(), x.size(0), n, driven.size(2) / 4).to(x.device());
        State state = new State(zeros, zeros);
        List<Tensor> outputs = new ArrayList<>();
        for (int t = (int) time - 1; t >= 0; t--) {
            State before = new State(state.h().mul(kept.get(t)), state.c().mul(kept.get(t)));
            state = recurrent(params, moments.get(t), before);
            outputs.add(0, state.h());
        }
        return Tensors.stack(outputs, 2);
    }

    private static Tensor sequence(Params params, Tensor x, boolean reversed, Tensor keep) {
        int steps = (int) x.size(1);
        Tensor driven = driven(params, x); // one product for all of time
        long units = driven.size(2) / 4;
        List<Tensor> moments = driven.unbind(1);
        Tensor zeros = Tensors.zeros(x.dtype(), x.size(0), 1, units).to(x.device());
        State state = new State(zeros, zeros);
        List<Tensor> outputs = new ArrayList<>();
        for (int t = 0; t < steps; t++) {
            int at = reversed ? steps - 1 - t : t;
            if (keep != null) {
                Tensor kept = keep.slice(1, at, at + 1).unsqueeze(2);
                state = new State(state.h().mul(kept), state.c().mul(kept));
            }
            state = recurrent(params, moments.get(at).unsqueeze(1), state);
            outputs.add(reversed ? 0 : t, state.h());
        }
        return Tensors.cat(outputs, 1);
    }

    private static Tensor driven(Params params, Tensor x) {
        return x.matmul(params.get("weight_ih").transpose(-2, -1)).add(row(params.get("bias")));
    }

    private static State recurrent(Params params, Tensor driven, State before) {
        Tensor drive = driven.add(before.h().matmul(params.get("weight_hh").transpose(-2, -1)));
        return Gates.IFGO.update(drive, before.c(), 2);
    }

    /** A bias [size] or [tasks, size], to be added to [tasks, n, size]. */
    static Tensor row(Tensor bias) {
        return bias.rank() == 1 ? bias : bias.unsqueeze(1);
    }
}
