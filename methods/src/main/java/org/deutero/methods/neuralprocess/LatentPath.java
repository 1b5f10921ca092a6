package org.deutero.methods.neuralprocess;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Initializer;
import org.deutero.tensor.nn.Linear;
import org.deutero.tensor.nn.Mlp;

/**
 * From a set of points to a distribution over a latent variable z that stands for the whole function:
 * e = mean_i h([x_i; y_i]), e' = ReLU(P e), mean = A e', deviation = 0.1 + 0.9 sigmoid(C e'), as in the released code of Kim et al. 2019.
 *
 * <p>Parameters: {@code encoder}, {@code pre} (P), {@code mean} (A) and {@code deviation} (C).
 *
 * @param encoder h, from [x; y] to an embedding
 * @param width units of P
 * @param size components of z
 */
record LatentPath(Mlp encoder, int width, int size) {
    private static final double FLOOR = 0.1;

    Params init(RandomGenerator rng, DType dtype) {
        int embedding = encoder.sizes().get(encoder.sizes().size() - 1);
        Initializer initializer = encoder.initializer();
        return Params.builder()
                .put("encoder", encoder.init(rng, dtype))
                .put("pre", new Linear(embedding, width, initializer).init(rng, dtype))
                .put("mean", new Linear(width, size, initializer).init(rng, dtype))
                .put("deviation", new Linear(width, size, initializer).init(rng, dtype))
                .build();
    }

    /** q(z | points), of points [tasks, n, inputs + outputs]. */
    DiagonalNormal posterior(Params theta, Tensor points) {
        Tensor set = encoder.apply(theta.child("encoder"), points).meanKeep(1);
        Tensor hidden = Linear.apply(theta.child("pre"), set).relu();
        Tensor mean = Linear.apply(theta.child("mean"), hidden).squeeze(1);
        Tensor raw = Linear.apply(theta.child("deviation"), hidden).squeeze(1);
        return new DiagonalNormal(mean, raw.sigmoid().mul(1 - FLOOR).add(FLOOR));
    }
}
