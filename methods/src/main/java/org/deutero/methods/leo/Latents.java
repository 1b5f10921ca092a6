package org.deutero.methods.leo;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Initializer;

/**
 * The maps of LEO between features, latent codes and classifier weights (deepmind/leo, read by the facts sheet): a linear encoder, a relation network over all pairs of examples, and a linear decoder, all without biases.
 *
 * <p>Meta-parameters: {@code encoder} [size, width], {@code relation0..2} [2 size, 2 size], {@code decoder} [2 width, size].
 *
 * @param width of features
 * @param size of a latent code
 */
record Latents(int width, int size) {
    private static final double LEAST = 1e-10;
    /** Beyond every sensible deviation: without a bound a code that runs away in a task ends in infinite weights. The released code replaces such gradients. */
    private static final double MOST = 100;

    /** A normal distribution of independent numbers. */
    record Normal(Tensor mean, Tensor deviation) {
        /** With noise of the same shape; the mean where there is none. */
        Tensor sample(Tensor noise) {
            return noise == null ? mean : mean.add(deviation.mul(noise));
        }

        /**
         * log q(x) - log N(x; 0, 1) of a sample x, the mean over everything but the task: a sampled divergence, [tasks]. It is told the noise, since (x - mean) / deviation loses all digits where the deviation is at its least.
         */
        Tensor divergence(Tensor x, Tensor noise) {
            Tensor prior = x.square();
            Tensor own = deviation.log().mul(2);
            return (noise == null ? prior : prior.sub(noise.square()))
                    .sub(own)
                    .mul(0.5)
                    .flatten(1)
                    .mean(1);
        }
    }

    Params init(RandomGenerator rng, DType dtype) {
        Initializer glorot = Initializer.XAVIER_UNIFORM;
        return Params.builder()
                .put("encoder", glorot.weight(rng, dtype, size, width))
                .put("relation0", glorot.weight(rng, dtype, 2L * size, 2L * size))
                .put("relation1", glorot.weight(rng, dtype, 2L * size, 2L * size))
                .put("relation2", glorot.weight(rng, dtype, 2L * size, 2L * size))
                .put("decoder", glorot.weight(rng, dtype, 2L * width, size))
                .build();
    }

    /**
     * Where the codes of classes begin.
     *
     * @param x features [tasks, n, width]
     * @param membership of examples in classes, unit vectors [tasks, n, way]
     * @return of codes [tasks, n, size]; examples of a class have the same distribution
     */
    Normal encode(Params theta, Tensor x, Tensor membership) {
        Tensor e = times(x, theta.get("encoder"));
        long tasks = e.size(0);
        long n = e.size(1);
        Tensor first = e.unsqueeze(2).expand(tasks, n, n, size);
        Tensor second = e.unsqueeze(1).expand(tasks, n, n, size);
        Tensor h = Tensors.cat(List.of(first, second), 3).reshape(tasks, n * n, 2L * size);
        h = times(h, theta.get("relation0")).relu();
        h = times(h, theta.get("relation1")).relu();
        h = times(h, theta.get("relation2")).reshape(tasks, n, n, 2L * size).mean(2);
        Tensor ofClass = shares(membership).transpose(1, 2).matmul(h);
        return normal(membership.matmul(ofClass), size, 0);
    }

    /** Membership divided by the examples of each class, [tasks, n, way]: what makes means over the examples of a class. */
    static Tensor shares(Tensor membership) {
        return membership.div(membership.sumKeep(1));
    }

    /** Rows of classifier weights [tasks, n, width] of codes [tasks, n, size]. */
    Normal decode(Params theta, Tensor z, int way) {
        return normal(times(z, theta.get("decoder")), width, Math.sqrt(2.0 / (way + width)));
    }

    /** The second half stands for deviations exp(s) - (1 - offset), so that s = 0 gives the offset. */
    private static Normal normal(Tensor both, int size, double offset) {
        Tensor spread = both.slice(2, size, 2L * size).exp().sub(1 - offset);
        return new Normal(both.slice(2, 0, size), spread.clamp(LEAST, MOST));
    }

    /** x W^T, of a matrix or one for each task. */
    private static Tensor times(Tensor x, Tensor weight) {
        return x.matmul(weight.transpose(-2, -1));
    }
}
