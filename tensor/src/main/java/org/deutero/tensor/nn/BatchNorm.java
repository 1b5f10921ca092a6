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

    /** Moments of layers {@code norm0, norm1, ...} before any batch was seen: {@code .mean} zeros and {@code .variance} ones, [channels]. */
    public static Params initialMoments(int layers, int channels, DType dtype) {
        Params.Builder moments = Params.builder();
        for (int i = 0; i < layers; i++) {
            moments.put("norm" + i + ".mean", Tensors.zeros(dtype, channels));
            moments.put("norm" + i + ".variance", Tensors.ones(dtype, channels));
        }
        return moments.build();
    }

    /**
     * Applies the layer to tasks.
     *
     * @param layer the name under which statistics are kept
     * @param params [channels], or [tasks, channels]
     * @param x [tasks, n, channels, height, width]
     */
    public Tensor apply(String layer, Params params, Tensor x, Normalization normalization) {
        boolean perTask = TaskLoop.anyOwned(params) || !normalization.mixesTasks();
        return TaskLoop.apply(params, x, perTask, (p, xt, task) -> one(layer, task, p, xt, normalization));
    }

    /** Applies the layer to the examples x [n, channels, height, width] of one task. */
    Tensor one(String layer, int task, Params params, Tensor x, Normalization normalization) {
        return normalization.normalize(
                layer, task, x, scale ? params.get("weight") : null, params.get("bias"), epsilon);
    }
}
