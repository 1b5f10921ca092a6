package org.deutero.methods.incontext;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.methods.plastic.RecurrentCell;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;

/**
 * Long short-term memory whose memory is a matrix for each head, and whose gates are outer products (released code of Kirsch, Harrison, Sohl-Dickstein, Metz 2022), so that few weights carry much state:
 *
 * <pre>
 * [k1 (3S), k2 (3S), q, o] = W x + U h + b;  i, g, f = softplus(scale) tanh(k1) tanh(k2)^T
 * C' = sigmoid(f + 1) C + sigmoid(i) g;  h'_j = sigmoid(o_j) tanh(sum over i of C'_ij q_i)
 * </pre>
 *
 * <p>Parameters: {@code weight_ih} [8 heads S, inputs], {@code weight_hh} [8 heads S, heads S] and {@code bias}, rows by head and in it k1, k2 (each as i, g, f), q, o; {@code scale} [1], which starts at 0. The state holds {@link #ACTIVITY} [tasks, 1, heads S] and {@code c} [tasks, heads, S, S].
 *
 * @param inputs numbers in an input
 * @param heads number of matrices
 * @param size S
 */
public record OuterProductCell(int inputs, int heads, int size) implements RecurrentCell {
    private static final String MATRIX = "c";
    private static final String SCALE = "scale";
    private static final int BLOCKS = 8;

    @Override
    public int units() {
        return heads * size;
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        long rows = (long) BLOCKS * units();
        long columns = (long) inputs + units();
        // One matrix for inputs and state, as of an LSTM that starts as Haiku's.
        Tensor both = Initializer.TRUNCATED_FAN_IN.weight(rng, dtype, rows, columns);
        return Params.builder()
                .put("weight_ih", both.slice(1, 0, inputs).copy())
                .put("weight_hh", both.slice(1, inputs, columns).copy())
                .put("bias", Tensors.zeros(dtype, rows))
                .put(SCALE, Tensors.zeros(dtype, 1))
                .build();
    }

    @Override
    public Params start(Params theta, int tasks) {
        Tensor bias = theta.get("bias");
        return Params.builder()
                .put(ACTIVITY, Tensors.zeros(bias.dtype(), tasks, 1, units()).to(bias.device()))
                .put(
                        MATRIX,
                        Tensors.zeros(bias.dtype(), tasks, heads, size, size).to(bias.device()))
                .build();
    }

    @Override
    public Params step(Params theta, Params state, Tensor input) {
        return recurrent(theta, driven(theta, input), state);
    }

    @Override
    public Tensor sequence(Params theta, Tensor inputs, Tensor keep) {
        Params start = start(theta, (int) inputs.size(0));
        Params state = start;
        List<Tensor> activities = new ArrayList<>();
        List<Tensor> moments = driven(theta, inputs).unbind(1); // one product for all of time
        for (int t = 0; t < moments.size(); t++) {
            Params before = keep == null ? state : RecurrentCell.begunAnew(start, state, keep.select(1, t));
            state = recurrent(theta, moments.get(t).unsqueeze(1), before);
            activities.add(state.get(ACTIVITY));
        }
        return Tensors.cat(activities, 1);
    }

    private static Tensor driven(Params theta, Tensor input) {
        Tensor bias = theta.get("bias");
        return input.matmul(theta.get("weight_ih").transpose(-2, -1)).add(bias.rank() == 1 ? bias : bias.unsqueeze(1));
    }

    private Params recurrent(Params theta, Tensor driven, Params before) {
        Tensor drive =
                driven.add(before.get(ACTIVITY).matmul(theta.get("weight_hh").transpose(-2, -1)));
        long s = size;
        List<Tensor> blocks = drive.reshape(-1, heads, BLOCKS * s).split(2, 3 * s, 3 * s, s, s);
        Tensor scale = Functional.softplus(theta.get(SCALE)).reshape(-1, 1, 1, 1);
        // [tasks, heads, 3, S, S]: input gate, candidate, forget gate
        Tensor gates = byGate(blocks.get(0))
                .mul(scale)
                .unsqueeze(4)
                .mul(byGate(blocks.get(1)).unsqueeze(3));
        Tensor matrix = gates.select(2, 2)
                .add(1)
                .sigmoid()
                .mul(before.get(MATRIX))
                .add(gates.select(2, 0).sigmoid().mul(gates.select(2, 1)));
        Tensor read = blocks.get(2).unsqueeze(2).matmul(matrix).squeeze(2);
        Tensor h = blocks.get(3).sigmoid().mul(read.tanh());
        return Params.builder()
                .put(ACTIVITY, h.reshape(-1, 1, units()))
                .put(MATRIX, matrix)
                .build();
    }

    private Tensor byGate(Tensor keys) {
        return keys.tanh().reshape(-1, heads, 3, size);
    }
}
