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
 * Gated recurrent unit (Cho et al. 2014), the reset gate after the product as in PyTorch: r = sigmoid(W_r x + U_r h + b), z likewise, n = tanh(W_n x + b_n + r (U_n h + b'_n)), h' = (1 - z) n + z h.
 *
 * <p>It is made of elementary operations, since libtorch's own cells have no second derivative. Parameters: {@code weight_ih} [3 units, in], {@code weight_hh} [3 units, units], {@code bias_ih} and {@code bias_hh} [3 units],
 * rows in the order r, z, n.
 *
 * @param in features of an input
 * @param units of the state
 * @param initializer how weights and biases start
 */
public record Gru(int in, int units, Initializer initializer) {
    /** Fresh parameters. */
    public Params init(RandomGenerator rng, DType dtype) {
        long rows = 3L * units;
        return Params.builder()
                .put("weight_ih", initializer.weight(rng, dtype, rows, in))
                .put("weight_hh", initializer.weight(rng, dtype, rows, units))
                .put("bias_ih", initializer.bias(rng, dtype, units, rows))
                .put("bias_hh", initializer.bias(rng, dtype, units, rows))
                .build();
    }

    /**
     * One step of time.
     *
     * @param params as {@link #init} makes them, or each with a leading task dimension
     * @param x [tasks, n, in]
     * @param h the state before, [tasks, n, units]
     * @return the state after
     */
    public static Tensor step(Params params, Tensor x, Tensor h) {
        return recurrent(params, driven(params, x), h);
    }

    /**
     * A whole course of time, from a state of zeros.
     *
     * @param x [tasks, time, in]
     * @return states [tasks, time, units]
     */
    public static Tensor sequence(Params params, Tensor x) {
        return sequence(params, x, null);
    }

    /**
     * A whole course of time, from a state of zeros.
     *
     * @param x [tasks, time, in]
     * @param keep factors on the states before each moment, 0 where all begins anew, [tasks, time]; null for 1
     * @return states [tasks, time, units]
     */
    public static Tensor sequence(Params params, Tensor x, Tensor keep) {
        if (params.get("weight_hh").rank() == 2) {
            return shared(params, x, keep, false);
        }
        Tensor driven = driven(params, x); // one product for all of time
        Tensor h = Tensors.zeros(x.dtype(), x.size(0), 1, driven.size(2) / 3).to(x.device());
        List<Tensor> states = new ArrayList<>();
        for (int t = 0; t < x.size(1); t++) {
            Tensor before = keep == null ? h : h.mul(keep.slice(1, t, t + 1).unsqueeze(2));
            h = recurrent(params, driven.slice(1, t, t + 1), before);
            states.add(h);
        }
        return Tensors.cat(states, 1);
    }

    /**
     * Several courses of time for each task from the last moment to the first, from states of zeros, each state at its input's place.
     *
     * @param x [tasks, n, time, in]
     * @param keep factors on the states before a moment is taken in, 0 where nothing that comes later counts, [tasks, n, time]
     * @return states [tasks, n, time, units]
     */
    public static Tensor reversed(Params params, Tensor x, Tensor keep) {
        long n = x.size(1);
        long time = x.size(2);
        if (params.get("weight_hh").rank() == 2) {
            Tensor states = shared(params, x.reshape(-1, time, x.size(3)), keep.reshape(-1, time), true);
            return states.reshape(x.size(0), n, time, states.size(2));
        }
        Tensor driven = driven(params, x.reshape(x.size(0), n * time, x.size(3)));
        List<Tensor> moments =
                driven.reshape(x.size(0), n, time, driven.size(2)).unbind(2);
        List<Tensor> kept = keep.unsqueeze(3).unbind(2);
        Tensor h = Tensors.zeros(x.dtype(), x.size(0), n, driven.size(2) / 3).to(x.device());
        List<Tensor> states = new ArrayList<>();
        for (int t = (int) time - 1; t >= 0; t--) {
            h = recurrent(params, moments.get(t), h.mul(kept.get(t)));
            states.add(0, h);
        }
        return Tensors.stack(states, 2);
    }

    /**
     * The same with the way back by hand.
     *
     * @param params as {@link #init} makes them, shared by all
     */
    public static Course course(Params params, Tensor x, Tensor keep) {
        return GruCourse.of(params, x, keep);
    }

    /** The same by as few operations as there can be, for weights that all tasks share. */
    private static Tensor shared(Params params, Tensor x, Tensor keep, boolean reversed) {
        Tensor weight = params.get("weight_hh").transpose(0, 1);
        Tensor bias = params.get("bias_hh");
        long n = weight.size(0);
        List<Tensor> driven = driven(params, x).split(2, 2 * n, n);
        List<Tensor> gates = driven.get(0).unbind(1);
        List<Tensor> candidates = driven.get(1).unbind(1);
        List<Tensor> kept = keep == null ? List.of() : keep.unsqueeze(2).unbind(1);
        Tensor h = Tensors.zeros(x.dtype(), x.size(0), n).to(x.device());
        List<Tensor> states = new ArrayList<>();
        for (int i = 0; i < gates.size(); i++) {
            int t = reversed ? gates.size() - 1 - i : i;
            Tensor before = keep == null ? h : h.mul(kept.get(t));
            List<Tensor> own = bias.addmm(before, weight).split(1, 2 * n, n);
            List<Tensor> open = gates.get(t).add(own.get(0)).sigmoid().split(1, n, n);
            Tensor candidate =
                    candidates.get(t).add(open.get(0).mul(own.get(1))).tanh();
            h = candidate.add(open.get(1).mul(before.sub(candidate)));
            states.add(reversed ? 0 : i, h);
        }
        return Tensors.stack(states, 1);
    }

    private static Tensor driven(Params params, Tensor x) {
        return x.matmul(params.get("weight_ih").transpose(-2, -1)).add(Lstm.row(params.get("bias_ih")));
    }

    private static Tensor recurrent(Params params, Tensor x, Tensor h) {
        Tensor u = h.matmul(params.get("weight_hh").transpose(-2, -1)).add(Lstm.row(params.get("bias_hh")));
        long n = h.size(2);
        Tensor reset = x.slice(2, 0, n).add(u.slice(2, 0, n)).sigmoid();
        Tensor keep = x.slice(2, n, 2 * n).add(u.slice(2, n, 2 * n)).sigmoid();
        Tensor candidate = x.slice(2, 2 * n, 3 * n)
                .add(reset.mul(u.slice(2, 2 * n, 3 * n)))
                .tanh();
        return candidate.add(keep.mul(h.sub(candidate)));
    }
}
