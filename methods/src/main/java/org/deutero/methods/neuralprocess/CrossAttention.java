package org.deutero.methods.neuralprocess;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Mlp;

/**
 * Attention from inputs of targets (queries) to inputs of the context (keys) and what was made of its points (values), Kim et al. 2019, section 3.
 *
 * <p>Parameters: {@code embedding} and those of the kernel under {@code kernel}.
 *
 * @param embedding e, from an input to query or key: the same for both
 * @param kernel how alike query and key are
 */
record CrossAttention(Mlp embedding, Kernel kernel) {
    Params init(RandomGenerator rng, DType dtype) {
        return Params.builder()
                .put("embedding", kernel.needsKeys() ? embedding.init(rng, dtype) : Params.EMPTY)
                .put("kernel", kernel.init(rng, dtype))
                .build();
    }

    /** Queries or keys [tasks, n, size] of inputs [tasks, n, inputs]. */
    Tensor embed(Params theta, Tensor x) {
        return kernel.needsKeys() ? embedding.apply(theta.child("embedding"), x) : x;
    }

    /** What each query [tasks, m, size] finds under keys [tasks, n, size] and values [tasks, n, width]: [tasks, m, width]. */
    Tensor read(Params theta, Tensor query, Tensor key, Tensor value) {
        return kernel.read(theta.child("kernel"), query, key, value);
    }
}
