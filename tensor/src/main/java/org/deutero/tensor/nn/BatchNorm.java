package org.deutero.tensor.nn;

import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Batch normalisation (Ioffe, Szegedy 2015) without state: the statistics are an argument, see {@link Normalization}.
 *
 * @param channels size of the channel dimension
 * @param scale whether there is a factor; the Omniglot network of cbfinn/maml has none
 * @param epsilon added to the variance
 */
public record BatchNorm(int channels, boolean scale, double epsilon) {
    /** Parameters {@code weight} (ones, if there is a factor) and {@code bias} (zeros), [channels]. */
    public Params init(DType dtype) {
        Params.Builder params = Params.builder();
        if (scale) {
            params.put("weight", Tensors.ones(dtype, channels));
        }
        return params.put("bias", Tensors.zeros(dtype, channels)).build();
    }

    /**
     * Applies the layer to tasks.
     *
     * @param layer the name under which statistics are kept
     * @param params [channels], or [tasks, channels]
     * @param x [tasks, n, channels, height, width]
     */
    public Tensor apply(String layer, Params params, Tensor x, Normalization normalization) {
        boolean perTask = params.get("bias").rank() == 2 || !normalization.mixesTasks();
        return TaskLoop.apply(params, x, perTask, (p, xt, task) -> one(layer, task, p, xt, normalization));
    }

    /** Applies the layer to the examples x [n, channels, height, width] of one task. */
    Tensor one(String layer, int task, Params params, Tensor x, Normalization normalization) {
        return normalization.normalize(
                layer, task, x, scale ? params.get("weight") : null, params.get("bias"), epsilon);
    }
}
