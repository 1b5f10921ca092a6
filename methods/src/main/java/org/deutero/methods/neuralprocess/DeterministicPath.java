package org.deutero.methods.neuralprocess;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Mlp;

/**
 * From a set of points to a representation of the function: r_i = h([x_i; y_i]), and then the mean over points, or attention from an input to the points.
 *
 * <p>Parameters: {@code encoder}, and with attention {@code attention}.
 *
 * @param encoder h, from [x; y] to a representation
 * @param attention how inputs read the points; empty for the mean
 */
record DeterministicPath(Mlp encoder, Optional<CrossAttention> attention) {
    private static final String MEAN = "mean";
    private static final String VALUES = "values";
    private static final String KEYS = "keys";

    Params init(RandomGenerator rng, DType dtype) {
        Params.Builder params = Params.builder().put("encoder", encoder.init(rng, dtype));
        attention.ifPresent(a -> params.put("attention", a.init(rng, dtype)));
        return params.build();
    }

    /**
     * What is kept of the context: {@code mean} [tasks, 1, width], or {@code values} [tasks, n, width] and {@code keys} [tasks, n, size].
     *
     * @param x inputs of points [tasks, n, inputs]
     * @param points [tasks, n, inputs + outputs]
     */
    Params encode(Params theta, Tensor x, Tensor points) {
        Tensor values = encoder.apply(theta.child("encoder"), points);
        return attention
                .map(a -> Params.builder()
                        .put(VALUES, values)
                        .put(KEYS, a.embed(theta.child("attention"), x))
                        .build())
                .orElseGet(() -> Params.of(MEAN, values.meanKeep(1)));
    }

    /** The representation that each input [tasks, m, inputs] finds: [tasks, m, width], or [tasks, 1, width] if it is the same for all. */
    Tensor read(Params theta, Params kept, Tensor x) {
        return attention
                .map(a -> {
                    Params own = theta.child("attention");
                    return a.read(own, a.embed(own, x), kept.get(KEYS), kept.get(VALUES));
                })
                .orElseGet(() -> kept.get(MEAN));
    }
}
