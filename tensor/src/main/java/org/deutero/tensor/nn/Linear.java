package org.deutero.tensor.nn;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * An affine layer, x W^T + b.
 *
 * @param in features of an input
 * @param out features of an output
 * @param initializer how weight [out, in] and bias [out] start
 */
public record Linear(int in, int out, Initializer initializer) {
    /** Parameters {@code weight} [out, in] and {@code bias} [out]. */
    public Params init(RandomGenerator rng, DType dtype) {
        return Params.builder()
                .put("weight", initializer.weight(rng, dtype, out, in))
                .put("bias", initializer.bias(rng, dtype, in, out))
                .build();
    }

    /**
     * Applies the layer.
     *
     * @param params weight [out, in] and bias [out], or [tasks, out, in] and [tasks, out]
     * @param x [tasks, n, in]
     * @return [tasks, n, out]
     */
    public static Tensor apply(Params params, Tensor x) {
        Tensor weight = params.get("weight");
        Tensor bias = params.get("bias");
        if (weight.rank() == 2) {
            return Functional.linear(x, weight, bias);
        }
        return bias.unsqueeze(1).baddbmm(x, weight.transpose(1, 2));
    }
}
