package org.deutero.methods.incontext;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.methods.mann.LstmCell;
import org.deutero.methods.plastic.RecurrentCell;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.LayerNorm;
import org.deutero.tensor.nn.Linear;
import org.deutero.tensor.nn.recurrent.LstmStart;

/**
 * Long short-term memory with a matrix that it writes to and reads from, addressed by outer products (released code of Kirsch, Harrison, Sohl-Dickstein, Metz 2022, in the manner of Schlag, Munkhdalai, Schmidhuber 2021):
 *
 * <pre>
 * key = vec(tanh(k1) tanh(k2)^T);  M' = M + sigmoid(beta) (v - M key) key^T;  y = h + out(LN(M' key'))
 * </pre>
 *
 * <p>with k1, k2, v, beta, k1', k2' linear in the output h of the LSTM. Parameters: {@code lstm} as of {@link org.deutero.tensor.nn.recurrent.Lstm}, {@code access} [4 S + values + 1, units] and {@code out} as of {@link Linear}, {@code norm}. The state holds {@link #ACTIVITY} y, {@code lstm} and {@code memory} [tasks, values, S * S].
 *
 * @param inputs numbers in an input
 * @param units of the LSTM
 * @param values numbers that a key leads to
 * @param size S; there are S * S numbers in a key
 */
public record FastWeightMemoryCell(int inputs, int units, int values, int size) implements RecurrentCell {
    private static final String LSTM = "lstm";
    private static final String MEMORY = "memory";
    private static final double NORM_EPSILON = 1e-5;

    private LstmCell lstm() {
        return new LstmCell(inputs, units, 1, LstmStart.HAIKU);
    }

    private LayerNorm norm() {
        return new LayerNorm(values, NORM_EPSILON);
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        Initializer start = Initializer.TRUNCATED_FAN_IN;
        return Params.builder()
                .put(LSTM, lstm().init(rng, dtype))
                .put("access", new Linear(units, 4 * size + values + 1, start).init(rng, dtype))
                .put("norm", norm().init(dtype))
                .put("out", new Linear(values, units, start).init(rng, dtype))
                .build();
    }

    @Override
    public Params start(Params theta, int tasks) {
        Tensor bias = theta.get("out.bias");
        Params lstm = lstm().start(theta.child(LSTM), tasks);
        return Params.builder()
                .put(ACTIVITY, lstm.get(ACTIVITY))
                .put(LSTM, lstm)
                .put(
                        MEMORY,
                        Tensors.zeros(bias.dtype(), tasks, values, (long) size * size)
                                .to(bias.device()))
                .build();
    }

    @Override
    public Params step(Params theta, Params state, Tensor input) {
        Params lstm = lstm().step(theta.child(LSTM), state.child(LSTM), input);
        Tensor h = lstm.get(ACTIVITY);
        long s = size;
        List<Tensor> access = Linear.apply(theta.child("access"), h).split(2, s, s, s, s, values, 1);
        Tensor key = key(access.get(0), access.get(1));
        Tensor memory = state.get(MEMORY);
        Tensor known = key.matmul(memory.transpose(1, 2)); // [tasks, 1, values]
        Tensor news = access.get(4).sub(known).mul(access.get(5).sigmoid());
        Tensor after = memory.baddbmm(news.transpose(1, 2), key);
        Tensor read = key(access.get(2), access.get(3)).matmul(after.transpose(1, 2));
        Tensor y = h.add(Linear.apply(theta.child("out"), norm().apply(theta.child("norm"), read)));
        return Params.builder()
                .put(ACTIVITY, y)
                .put(LSTM, lstm)
                .put(MEMORY, after)
                .build();
    }

    /** [tasks, 1, S * S] */
    private static Tensor key(Tensor rows, Tensor columns) {
        return rows.tanh().transpose(1, 2).matmul(columns.tanh()).flatten(1).unsqueeze(1);
    }
}
