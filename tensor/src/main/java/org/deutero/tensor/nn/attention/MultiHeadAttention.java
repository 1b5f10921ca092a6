package org.deutero.tensor.nn.attention;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Several scaled dot-product attentions side by side on learned projections, their answers projected and summed (Vaswani et al. 2017; without biases and with the initialisation of Kim et al. 2019).
 *
 * <p>Parameters, rows by head: {@code query} and {@code key} [values, keys], {@code value} [values, values], and {@code out} [values, values] with columns by head.
 *
 * @param keys numbers in a query and in a key
 * @param values numbers in a value and in an answer
 * @param heads a divisor of {@code values}
 */
public record MultiHeadAttention(int keys, int values, int heads) {
    /** Refuses values that cannot be divided among heads. */
    public MultiHeadAttention {
        if (heads < 1 || values % heads != 0) {
            throw new IllegalArgumentException(values + " values cannot be divided among " + heads + " heads");
        }
    }

    /** Weights normal with variance 1 / fan in. */
    public Params init(RandomGenerator rng, DType dtype) {
        return Params.builder()
                .put("query", scaled(rng, dtype, keys))
                .put("key", scaled(rng, dtype, keys))
                .put("value", scaled(rng, dtype, values))
                .put("out", scaled(rng, dtype, values))
                .build();
    }

    private Tensor scaled(RandomGenerator rng, DType dtype, int fanIn) {
        return Tensors.normal(rng, dtype, values, fanIn).div(Math.sqrt(fanIn));
    }

    /**
     * Answers.
     *
     * @param params as {@link #init} makes them, or each with a leading task dimension
     * @param query [tasks, m, keys]
     * @param key [tasks, n, keys]
     * @param value [tasks, n, values]
     * @return [tasks, m, values]
     */
    public Tensor apply(Params params, Tensor query, Tensor key, Tensor value) {
        Tensor read = Attention.read(scores(params, query, key), split(params, "value", value));
        return projected(params, "out", read.transpose(1, 2).flatten(2));
    }

    /** What is softmaxed, [tasks, heads, m, n]. */
    public Tensor scores(Params params, Tensor query, Tensor key) {
        return Attention.dotProduct(split(params, "query", query), split(params, "key", key));
    }

    /** [tasks, n, ...] projected, as [tasks, heads, n, size]. */
    private Tensor split(Params params, String name, Tensor x) {
        return projected(params, name, x)
                .reshape(x.size(0), x.size(1), heads, values / heads)
                .transpose(1, 2);
    }

    private static Tensor projected(Params params, String name, Tensor x) {
        return x.matmul(params.get(name).transpose(-2, -1));
    }
}
