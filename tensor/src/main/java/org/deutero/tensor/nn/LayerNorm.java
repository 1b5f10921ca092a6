package org.deutero.tensor.nn;

import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Normalisation of each example over its features (Ba, Kiros, Hinton 2016).
 *
 * @param features size of the last dimension
 * @param epsilon added to the variance
 */
public record LayerNorm(int features, double epsilon) {
    /** Parameters {@code weight} (ones) and {@code bias} (zeros), [features]. */
    public Params init(DType dtype) {
        return Params.builder()
                .put("weight", Tensors.ones(dtype, features))
                .put("bias", Tensors.zeros(dtype, features))
                .build();
    }

    /** Applies the layer to x [tasks, n, features]; parameters are [features] or [tasks, features]. */
    public Tensor apply(Params params, Tensor x) {
        Tensor weight = params.get("weight");
        Tensor bias = params.get("bias");
        if (weight.rank() == 1) {
            return Functional.layerNorm(x, weight, bias, epsilon);
        }
        return Functional.layerNorm(x, null, null, epsilon)
                .mul(weight.unsqueeze(1))
                .add(bias.unsqueeze(1));
    }
}
