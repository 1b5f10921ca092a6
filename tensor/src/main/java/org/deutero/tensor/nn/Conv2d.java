package org.deutero.tensor.nn;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * A two-dimensional convolution with a square kernel and a bias.
 *
 * @param in input channels
 * @param out output channels
 * @param kernel height and width of the kernel
 * @param stride step between windows
 * @param padding zeros on each side
 * @param initializer how weight [out, in, kernel, kernel] and bias [out] start
 */
public record Conv2d(int in, int out, int kernel, int stride, int padding, Initializer initializer) {
    /** Parameters {@code weight} [out, in, kernel, kernel] and {@code bias} [out]. */
    public Params init(RandomGenerator rng, DType dtype) {
        return Params.builder()
                .put("weight", initializer.weight(rng, dtype, out, in, kernel, kernel))
                .put("bias", initializer.bias(rng, dtype, (long) in * kernel * kernel, out))
                .build();
    }

    /**
     * Applies the layer to tasks.
     *
     * @param params weight [out, in, kernel, kernel] and bias [out], or with a leading [tasks]
     * @param x [tasks, n, in, height, width]
     * @return [tasks, n, out, height', width']
     */
    public Tensor apply(Params params, Tensor x) {
        return TaskLoop.apply(params, x, params.get("weight").rank() == 5, (p, xt, task) -> one(p, xt));
    }

    /** Applies the layer to the examples x [n, in, height, width] of one task. */
    Tensor one(Params params, Tensor x) {
        return Functional.conv2d(x, params.get("weight"), params.get("bias"), stride, padding, 1);
    }
}
