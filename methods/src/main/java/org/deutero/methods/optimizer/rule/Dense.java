package org.deutero.methods.optimizer.rule;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensors;

/** Layers as Haiku and Sonnet start them: weights normal with deviation 1/sqrt(inputs), drawn again beyond two deviations, biases 0. */
final class Dense {
    private Dense() {}

    /** Weight [out, in] and bias [out]. */
    static Params start(RandomGenerator rng, DType dtype, int in, int out) {
        return Params.builder()
                .put(
                        "weight",
                        Tensors.truncatedNormal(rng, DType.FLOAT64, out, in)
                                .div(Math.sqrt(in))
                                .to(dtype))
                .put("bias", Tensors.zeros(dtype, out))
                .build();
    }
}
