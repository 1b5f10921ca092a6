package org.deutero.tensor.nn.attention;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;

/**
 * Attention to oneself and to what came before, added to the input (Mishra, Rohaninejad, Chen, Abbeel 2018, arXiv 1707.03141): concat(x, softmax over keys at or before the query of q k^T / sqrt(keys) times v).
 *
 * <p>Parameters: {@code query}, {@code key} and {@code value}, as of {@link Linear}.
 *
 * @param in channels of an input
 * @param keys numbers in a query and in a key
 * @param values numbers in a value, channels that are added
 * @param initializer how weights and biases start
 */
public record CausalAttention(int in, int keys, int values, Initializer initializer) implements CausalLayer {
    private static final String QUERY = "query";
    private static final String KEY = "key";
    private static final String VALUE = "value";

    @Override
    public int out() {
        return in + values;
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        return Params.builder()
                .put(QUERY, new Linear(in, keys, initializer).init(rng, dtype))
                .put(KEY, new Linear(in, keys, initializer).init(rng, dtype))
                .put(VALUE, new Linear(in, values, initializer).init(rng, dtype))
                .build();
    }

    @Override
    public Tensor sequence(Params params, Tensor x) {
        Tensor scores = Attention.dotProduct(projected(params, QUERY, x), projected(params, KEY, x));
        Tensor read = Attention.read(Attention.causal(scores), projected(params, VALUE, x));
        return Tensors.cat(List.of(x, read), 2);
    }

    @Override
    public Tensor next(Params params, Tensor past, Tensor x) {
        Tensor query = projected(params, QUERY, x);
        Tensor toPast = Attention.dotProduct(query, projected(params, KEY, past));
        Tensor toItself = query.mul(projected(params, KEY, x)).sumKeep(2).div(Math.sqrt((double) query.size(2)));
        Tensor weights = Attention.weights(Tensors.cat(List.of(toPast, toItself), 2));
        long time = past.size(1);
        Tensor read = weights.slice(2, 0, time)
                .matmul(projected(params, VALUE, past))
                .add(weights.slice(2, time, time + 1).mul(projected(params, VALUE, x)));
        return Tensors.cat(List.of(x, read), 2);
    }

    private static Tensor projected(Params params, String name, Tensor x) {
        return Linear.apply(params.child(name), x);
    }
}
