package org.deutero.methods.metagenrl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;
import org.deutero.tensor.nn.recurrent.Lstm;

/**
 * An LSTM that reads segments from their last step to the first, so that what it says of a step depends on what came of it. One {@code weight} [4 units, in + units] for input and output, one {@code bias}; gates in the order i, g, f, o. Through padding the state stays 0.
 *
 * @param in features of an input
 * @param units of the state
 * @param forgetOffset added to the forget gate
 * @param initializer how weight and bias start
 */
record BackwardLstm(int in, int units, double forgetOffset, Initializer initializer) {
    /** Fresh parameters. */
    Params init(RandomGenerator rng, DType dtype) {
        return Params.builder()
                .put("weight", initializer.weight(rng, dtype, 4L * units, in + units))
                .put("bias", initializer.bias(rng, dtype, in + units, 4L * units))
                .build();
    }

    /**
     * Outputs at all steps, [tasks, n, T, units].
     *
     * @param params as {@link #init} makes them, or each with a leading task dimension
     * @param x [tasks, n, T, in]
     * @param mask [tasks, n, T]
     */
    Tensor apply(Params params, Tensor x, Tensor mask) {
        Tensor weight = params.get("weight");
        int last = weight.rank() - 1;
        long tasks = x.size(0);
        long n = x.size(1);
        int steps = Math.toIntExact(x.size(2));
        Params input = Params.builder()
                .put("weight", weight.slice(last, 0, in))
                .put("bias", params.get("bias").add(offset(weight)))
                .build();
        Tensor driven = Linear.apply(input, x.reshape(tasks, n * steps, in)).reshape(tasks, n, steps, 4L * units);
        Tensor recurrent = weight.slice(last, in, in + units).transpose(last - 1, last);
        Lstm.State state = null;
        List<Tensor> outputs = new ArrayList<>();
        for (int t = steps - 1; t >= 0; t--) {
            Tensor here = driven.select(2, t);
            Tensor drive = state == null ? here : here.add(state.h().matmul(recurrent));
            Tensor c = state == null ? Tensors.zeros(x.dtype(), tasks, n, units).to(x.device()) : state.c();
            Lstm.State next = Lstm.Gates.IGFO.update(drive, c, 2);
            Tensor there = mask.slice(2, t, t + 1);
            state = new Lstm.State(next.h().mul(there), next.c().mul(there));
            outputs.add(state.h());
        }
        Collections.reverse(outputs);
        return Tensors.stack(outputs, 2);
    }

    private Tensor offset(Tensor weight) {
        double[] offset = new double[4 * units];
        for (int i = 2 * units; i < 3 * units; i++) {
            offset[i] = forgetOffset;
        }
        return Tensor.of(offset, 4L * units).to(weight.dtype()).to(weight.device());
    }
}
