package org.deutero.methods.metric;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.recurrent.Lstm;

/**
 * Full-context embeddings (Vinyals et al. 2016): what an example is embedded as depends on the whole support set.
 *
 * <p>Support: a bidirectional LSTM runs over the embedded shots in their order, g_i = forward_i + backward_i + g'_i. Queries: an LSTM reads the support set {@code steps} times, (h^_k, c_k) = LSTM(f', [h_{k-1}, r_{k-1}], c_{k-1}), h_k = h^_k + f', r_k = sum_i
 * softmax_i(h_k . g_i) g_i, with h_0 = f', c_0 = 0 and r_0 read by h_0; f = h_K.
 *
 * <p>Parameters: {@code forward}, {@code backward} and {@code query}, as of {@link Lstm}; the recurrent weights of the last are [4 width, 2 width].
 *
 * @param width of features
 * @param steps K
 */
public record FullContext(int width, int steps) {
    private static final String FORWARD = "forward";
    private static final String BACKWARD = "backward";
    private static final String QUERY = "query";

    Params init(RandomGenerator rng, DType dtype) {
        Lstm cell = new Lstm(width, width, Initializer.FAN_IN_UNIFORM, 1);
        Params query = cell.init(rng, dtype);
        Tensor ofReads = Initializer.FAN_IN_UNIFORM.weight(rng, dtype, 4L * width, width);
        return Params.builder()
                .put(FORWARD, cell.init(rng, dtype))
                .put(BACKWARD, cell.init(rng, dtype))
                .put(
                        QUERY,
                        query.with(Params.of("weight_hh", Tensors.cat(List.of(query.get("weight_hh"), ofReads), 1))))
                .build();
    }

    /** g [tasks, n, width] of g' [tasks, n, width]. */
    Tensor support(Params own, Tensor embedded) {
        return Lstm.sequence(own.child(FORWARD), embedded)
                .add(Lstm.reversed(own.child(BACKWARD), embedded))
                .add(embedded);
    }

    /** f [tasks, m, width] of f' [tasks, m, width], given g [tasks, n, width]. */
    Tensor queries(Params own, Tensor embedded, Tensor support) {
        Params cell = own.child(QUERY);
        Tensor h = embedded;
        Tensor c = Tensors.zerosLike(embedded);
        for (int k = 0; k < steps; k++) {
            Tensor read = h.matmul(support.transpose(1, 2)).softmax(2).matmul(support);
            Lstm.State next = Lstm.step(cell, embedded, new Lstm.State(Tensors.cat(List.of(h, read), 2), c));
            h = next.h().add(embedded);
            c = next.c();
        }
        return h;
    }
}
