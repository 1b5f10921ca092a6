package org.deutero.tensor.nn.attention;

import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Reading values by the likeness of their keys to a query. Without parameters: {@code weights(scores)} are what each query takes of each value.
 *
 * <p>Queries are [..., m, d], keys [..., n, d], values [..., n, v], scores and weights [..., m, n]; leading dimensions such as tasks, or tasks and heads, broadcast.
 */
public final class Attention {
    private Attention() {}

    /** Scaled dot products, q.k / sqrt(d) (Vaswani et al. 2017). */
    public static Tensor dotProduct(Tensor query, Tensor key) {
        return products(query, key).div(Math.sqrt((double) query.size(query.rank() - 1)));
    }

    /**
     * Cosines, q.k / sqrt(|q|^2 |k|^2 + epsilon): with an epsilon, a key or a query of zeros has the score 0 to all.
     */
    public static Tensor cosine(Tensor query, Tensor key, double epsilon) {
        Tensor norms = squaredNorms(query).mul(squaredNorms(key).transpose(-2, -1));
        return products(query, key).div(norms.add(epsilon).sqrt());
    }

    /** -|q - k|_1 / scale, summed over d (Kim et al. 2019). */
    public static Tensor laplace(Tensor query, Tensor key, double scale) {
        return query.unsqueeze(-2).sub(key.unsqueeze(-3)).abs().sum(-1).div(-scale);
    }

    /** The same score for all. */
    public static Tensor uniform(Tensor query, Tensor key) {
        return Tensors.zerosLike(products(query.detach(), key.detach()));
    }

    /** Scores [..., m, m] with those of keys after their query at minus infinity, so that softmax leaves them out. */
    public static Tensor causal(Tensor scores) {
        return scores.add(causalMask((int) scores.size(-1), scores.dtype()).to(scores.device()));
    }

    /** What makes scores causal when it is added: minus infinity for keys after their query, else 0, [m, m]. */
    public static Tensor causalMask(int m, DType dtype) {
        double[] mask = new double[m * m];
        for (int q = 0; q < m; q++) {
            for (int k = q + 1; k < m; k++) {
                mask[q * m + k] = Double.NEGATIVE_INFINITY;
            }
        }
        return Tensor.of(mask, m, m).to(dtype);
    }

    /** Softmax of scores over keys. */
    public static Tensor weights(Tensor scores) {
        return scores.softmax(-1);
    }

    /** The weighted mean of values for each query, [..., m, v]. */
    public static Tensor read(Tensor scores, Tensor values) {
        return weights(scores).matmul(values);
    }

    private static Tensor products(Tensor query, Tensor key) {
        return query.matmul(key.transpose(-2, -1));
    }

    private static Tensor squaredNorms(Tensor x) {
        return x.square().sumKeep(-1);
    }
}
