package org.deutero.methods.metric;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Normalization;

/**
 * Matching networks (Vinyals, Blundell, Lillicrap, Kavukcuoglu, Wierstra 2016, arXiv 1606.04080): a query attends to the support set, and a class has the sum of the attention on its shots,
 * p(n|x) = sum_i softmax_i(s(f(x), g(x_i))) 1[y_i = n].
 *
 * <p>Logits are the logarithms of these probabilities. Memory: {@code keys} [tasks, n, width] and {@code labels} [tasks, n, way], unit vectors.
 *
 * @param kernel s
 * @param context full-context embeddings, or none
 */
public record Matching(Kernel kernel, Optional<FullContext> context) implements Head {
    private static final String KEYS = "keys";
    private static final String LABELS = "labels";
    /** Inside the logarithm, for attention that underflows. */
    private static final double TINY = 1e-30;
    /** Factor of CloserLook's scaled cosine. */
    private static final double SHARP = 100;

    /** How alike two features are. */
    public enum Kernel {
        /** The cosine, as published. Within [-1, 1] a softmax is nearly flat, so this learns slowly. */
        COSINE,
        /** The query times the unit vector of the shot: the query's length is a temperature of its own (Meta-Dataset, Triantafillou et al. 2020). */
        HALF_COSINE,
        /** 100 max(0, cosine) (Chen, Liu, Kira, Wang, Huang 2019, arXiv 1904.04232, released code). */
        SHARP_COSINE,
        /** Minus the squared distance; with one shot a class, prototypical networks. */
        EUCLIDEAN;

        Tensor of(Tensor queries, Tensor keys) {
            return switch (this) {
                case COSINE -> Cosines.between(queries, keys);
                case HALF_COSINE -> queries.matmul(Cosines.unit(keys).transpose(1, 2));
                case SHARP_COSINE -> Cosines.between(queries, keys).relu().mul(SHARP);
                case EUCLIDEAN -> Prototypes.minusSquaredDistances(queries, keys);
            };
        }
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        return context.map(c -> c.init(rng, dtype)).orElse(Params.EMPTY);
    }

    @Override
    public Params memory(Params own, Tensor support, Tensor labels, int way) {
        return Params.builder()
                .put(KEYS, context.map(c -> c.support(own, support)).orElse(support))
                .put(LABELS, labels.oneHot(way, support.dtype()))
                .build();
    }

    @Override
    public Tensor logits(Params own, Params memory, Tensor queries, Normalization normalization) {
        Tensor keys = memory.get(KEYS);
        Tensor embedded = context.map(c -> c.queries(own, queries, keys)).orElse(queries);
        Tensor attention = kernel.of(embedded, keys).softmax(2);
        return attention.matmul(memory.get(LABELS)).add(TINY).log();
    }
}
