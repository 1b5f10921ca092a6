package org.deutero.tensor.nn.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.LayerNorm;
import org.deutero.tensor.nn.Linear;

/**
 * HyperLSTM (Ha, Dai, Le 2016, arXiv 1609.09106): a small LSTM that reads the same input and the state of the large one scales, at every moment, the rows of the large one's weights and shifts its biases.
 *
 * <p>With the small one's output u, pre-activations of gate y are LN(a_x (W x) + a_h (U h) + b + beta), where a_x = (u C_x + 1) A_x, a_h likewise and beta = (u C_b) B; c' = sigmoid(f + 1) c + sigmoid(i) tanh(g), h' = sigmoid(o) tanh(LN(c')). The small one is a plain {@link Lstm}.
 *
 * <p>Parameters, rows by gate in the order i, f, g, o: {@code hyper} of the small one, {@code weight_ih} [4 units, in], {@code weight_hh} [4 units, units], {@code bias} [4 units]; {@code scale_x} and {@code scale_h} with {@code code} (a {@link Linear} to [4 embedding]) and {@code out}
 * [4, units, embedding]; {@code shift} likewise, whose code has no bias; {@code norm} [4 units] and {@code norm_c} [units] as of {@link LayerNorm}.
 *
 * @param in features of an input
 * @param units of the state
 * @param hyperUnits of the small one; 128 as published
 * @param embedding numbers from which a gate's scales are made; 16 in the released code
 */
public record HyperLstm(int in, int units, int hyperUnits, int embedding) {
    private static final double EPSILON = 1e-3;
    private static final double SCALE = 0.1;
    private static final double DEVIATION = 0.01;
    private static final int GATES = 4;

    /** The states of the large and of the small network. */
    public record State(Lstm.State main, Lstm.State hyper) {}

    private Lstm hyper() {
        return new Lstm(in + units, hyperUnits, Initializer.XAVIER_UNIFORM, 1);
    }

    /** Fresh parameters: every scale is 0.1 and every shift 0 at the start, recurrent weights of the large network are orthogonal. */
    public Params init(RandomGenerator rng, DType dtype) {
        long rows = (long) GATES * units;
        List<Tensor> recurrent = new ArrayList<>();
        for (int gate = 0; gate < GATES; gate++) {
            recurrent.add(Tensors.orthogonal(rng, dtype, units));
        }
        return Params.builder()
                .put("hyper", hyper().init(rng, dtype))
                .put("weight_ih", Initializer.XAVIER_UNIFORM.weight(rng, dtype, rows, in))
                .put("weight_hh", Tensors.cat(recurrent, 0))
                .put("bias", Tensors.zeros(dtype, rows))
                .put("scale_x", scale(dtype))
                .put("scale_h", scale(dtype))
                .put(
                        "shift.code",
                        Tensors.normal(rng, dtype, (long) GATES * embedding, hyperUnits)
                                .mul(DEVIATION))
                .put("shift.out", Tensors.zeros(dtype, GATES, units, embedding))
                .put("norm", new LayerNorm(GATES * units, EPSILON).init(dtype))
                .put("norm_c", new LayerNorm(units, EPSILON).init(dtype))
                .build();
    }

    private Params scale(DType dtype) {
        return Params.builder()
                .put("code.weight", Tensors.zeros(dtype, (long) GATES * embedding, hyperUnits))
                .put("code.bias", Tensors.ones(dtype, (long) GATES * embedding))
                .put("out", Tensors.full(SCALE / embedding, dtype, GATES, units, embedding))
                .build();
    }

    /** Zeros. */
    public State start(DType dtype, long tasks, long n) {
        return new State(Lstm.State.zeros(dtype, tasks, n, units), Lstm.State.zeros(dtype, tasks, n, hyperUnits));
    }

    /**
     * One step of time, without dropout.
     *
     * @param params as {@link #init} makes them, or each with a leading task dimension
     * @param x [tasks, n, in]
     */
    public State step(Params params, Tensor x, State before) {
        return step(params, x, before, Tensors.ones(x.dtype(), 1).to(x.device()));
    }

    /**
     * One step of time.
     *
     * @param kept factors of the candidates tanh(g), [tasks, n, units]: of dropout, zeros, and 1 / (share that is kept)
     */
    public State step(Params params, Tensor x, State before, Tensor kept) {
        Tensor h = before.main().h();
        Lstm.State hyper = Lstm.step(params.child("hyper"), Tensors.cat(List.of(x, h), 2), before.hyper());
        Tensor u = hyper.h();
        Tensor fromX = x.matmul(params.get("weight_ih").transpose(-2, -1));
        Tensor fromH = h.matmul(params.get("weight_hh").transpose(-2, -1));
        Tensor drive = scales(params.child("scale_x"), u)
                .mul(fromX)
                .add(scales(params.child("scale_h"), u).mul(fromH))
                .add(Lstm.row(params.get("bias")))
                .add(shifts(params.child("shift"), u));
        Tensor gates = normalized(params.child("norm"), drive);
        Tensor candidate = gate(gates, 2).tanh().mul(kept);
        Tensor c = gate(gates, 1)
                .add(1)
                .sigmoid()
                .mul(before.main().c())
                .add(gate(gates, 0).sigmoid().mul(candidate));
        Tensor norm = new LayerNorm(units, EPSILON).apply(params.child("norm_c"), c);
        return new State(new Lstm.State(gate(gates, 3).sigmoid().mul(norm.tanh()), c), hyper);
    }

    /** [tasks, n, 4 units]. */
    private Tensor scales(Params scale, Tensor u) {
        return spread(scale.get("out"), Linear.apply(scale.child("code"), u));
    }

    private Tensor shifts(Params shift, Tensor u) {
        return spread(shift.get("out"), u.matmul(shift.get("code").transpose(-2, -1)));
    }

    /** Codes [tasks, n, 4 embedding] as numbers for every unit of every gate. */
    private Tensor spread(Tensor out, Tensor codes) {
        Tensor byGate = codes.reshape(codes.size(0), codes.size(1), GATES, embedding);
        String equation = out.rank() == 3 ? "tkge,gue->tkgu" : "tkge,tgue->tkgu";
        return Tensors.einsum(equation, byGate, out).flatten(2);
    }

    /** Each gate by itself to mean 0 and variance 1, then scaled and shifted. */
    private Tensor normalized(Params norm, Tensor drive) {
        Tensor byGate = drive.reshape(drive.size(0), drive.size(1), GATES, units);
        return Functional.layerNorm(byGate, null, null, EPSILON)
                .flatten(2)
                .mul(Lstm.row(norm.get("weight")))
                .add(Lstm.row(norm.get("bias")));
    }

    private Tensor gate(Tensor gates, int number) {
        return gates.slice(2, (long) number * units, (number + 1L) * units);
    }
}
