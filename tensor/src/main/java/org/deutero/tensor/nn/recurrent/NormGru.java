package org.deutero.tensor.nn.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.LayerNorm;

/**
 * Gated recurrent unit with layer normalisation of every product and rectified candidates, as in lucaslingle/pytorch_rl2: [z, r] = sigmoid(LN(W x) + LN(U h) - [1, 0]), the norms over both gates together, n = ReLU(LN(W' x) + r LN(U' h)), h' = (1 - z) h + z n.
 *
 * <p>Parameters: {@code gate_x.weight} [2 units, in], {@code gate_h.weight} [2 units, units], {@code cand_x.weight} [units, in], {@code cand_h.weight} [units, units], without biases, and {@code gate_x_norm}, {@code gate_h_norm}, {@code cand_x_norm}, {@code cand_h_norm} as of {@link LayerNorm}. Weights start normal with variance 2 / (rows + columns), the two gates' being one matrix of 2 units rows, but for {@code cand_h}, which starts orthogonal.
 *
 * @param in features of an input
 * @param units of the state
 * @param gateOffset subtracted from the pre-activations of z, 1 in print, so that states are kept at the start
 * @param epsilon added to variances
 */
public record NormGru(int in, int units, double gateOffset, double epsilon) {
    private static final List<String> PRODUCTS = List.of("gate_x", "gate_h", "cand_x", "cand_h");

    /** Fresh parameters. */
    public Params init(RandomGenerator rng, DType dtype) {
        Params.Builder all = Params.builder();
        for (String name : PRODUCTS) {
            long rows = name.startsWith("gate") ? 2L * units : units;
            Tensor weight = name.equals("cand_h")
                    ? Tensors.orthogonal(rng, dtype, units)
                    : xavier(rng, dtype, rows, name.endsWith("h") ? units : in);
            all.put(name + ".weight", weight);
            all.put(name + "_norm", new LayerNorm(Math.toIntExact(rows), epsilon).init(dtype));
        }
        return all.build();
    }

    /** Normal with variance 2 / (fan in + fan out), the two gates' weights one matrix. */
    private static Tensor xavier(RandomGenerator rng, DType dtype, long out, long in) {
        return Tensors.normal(rng, dtype, out, in).mul(Math.sqrt(2.0 / (in + out)));
    }

    /**
     * One step of time.
     *
     * @param params as {@link #init} makes them, or each with a leading task dimension
     * @param x [tasks, n, in]
     * @param h the state before, [tasks, n, units]
     * @return the state after
     */
    public Tensor step(Params params, Tensor x, Tensor h) {
        return recurrent(params, gates(params, x), product(params, "cand_x", x), h);
    }

    /**
     * A whole course of time, from a state of zeros.
     *
     * @param x [tasks, time, in]
     * @param keep factors on the states before each moment, 0 where all begins anew, [tasks, time]; null for 1
     * @return states [tasks, time, units]
     */
    public Tensor sequence(Params params, Tensor x, Tensor keep) {
        List<Tensor> gates = gates(params, x).unbind(1);
        List<Tensor> candidates = product(params, "cand_x", x).unbind(1);
        Tensor h = Tensors.zeros(x.dtype(), x.size(0), 1, units).to(x.device());
        List<Tensor> states = new ArrayList<>();
        for (int t = 0; t < gates.size(); t++) {
            Tensor before = keep == null ? h : h.mul(keep.slice(1, t, t + 1).unsqueeze(2));
            h = recurrent(params, gates.get(t).unsqueeze(1), candidates.get(t).unsqueeze(1), before);
            states.add(h);
        }
        return Tensors.cat(states, 1);
    }

    /** The inputs' share in the pre-activations of both gates, with the offset. */
    private Tensor gates(Params params, Tensor x) {
        Tensor offset =
                Tensors.cat(List.of(Tensors.full(-gateOffset, x.dtype(), units), Tensors.zeros(x.dtype(), units)), 0);
        return product(params, "gate_x", x).add(offset.to(x.device()));
    }

    private Tensor product(Params params, String name, Tensor x) {
        Tensor drive = x.matmul(params.get(name + ".weight").transpose(-2, -1));
        return new LayerNorm(Math.toIntExact(drive.size(2)), epsilon).apply(params.child(name + "_norm"), drive);
    }

    private Tensor recurrent(Params params, Tensor gates, Tensor candidates, Tensor h) {
        List<Tensor> open = gates.add(product(params, "gate_h", h)).sigmoid().split(2, units, units);
        Tensor candidate =
                candidates.add(open.get(1).mul(product(params, "cand_h", h))).relu();
        return h.add(open.get(0).mul(candidate.sub(h)));
    }
}
