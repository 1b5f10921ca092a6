package org.deutero.tensor.nn;

import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * The kernel of a convolution, generated from a short code z (static hypernetworks: Ha, Dai, Le 2016, arXiv 1609.09106): a_i = z W2_i + b2_i for every input channel i, and the kernel of that channel is a_i W1 + b1. W1 is shared by the channels, which is what saves
 * parameters: 4,244 stand for 12,544 weights with 16 channels, 7x7 and a code of 4.
 *
 * <p>Parameters: {@code code} [code], {@code spread} (W2, b2) from the code to [in * code] and {@code kernel} (W1, b1) from that to [out * size * size], as of {@link Linear}.
 *
 * @param in input channels
 * @param out output channels
 * @param size height and width
 * @param code numbers in z and in each a_i
 */
public record GeneratedKernel(int in, int out, int size, int code) {
    private static final String CODE = "code";
    private static final String SPREAD = "spread";
    private static final String KERNEL = "kernel";
    /** The mean of codes at the start in the released code. */
    private static final double MEAN = 0.01;

    /** As in the released code: weights normal with deviation 0.01, codes normal with deviation 1, all drawn again beyond two deviations; biases 0. */
    public Params init(RandomGenerator rng, DType dtype) {
        Initializer small = Initializer.TRUNCATED_NORMAL;
        return Params.builder()
                .put(CODE, Tensors.truncatedNormal(rng, dtype, code).add(MEAN))
                .put(SPREAD, new Linear(code, in * code, small).init(rng, dtype))
                .put(KERNEL, new Linear(code, out * size * size, small).init(rng, dtype))
                .build();
    }

    /**
     * The kernel.
     *
     * @param params as {@link #init} makes them, or any of them with a leading task dimension
     * @return [out, in, size, size], or [tasks, out, in, size, size]
     */
    public Tensor weight(Params params) {
        Tensor z = params.get(CODE);
        long tasks = tasks(params);
        Tensor codes = z.rank() == 1 ? z.expand(Math.max(1, tasks), 1, -1) : z.unsqueeze(1);
        Tensor spread = Linear.apply(params.child(SPREAD), codes).reshape(codes.size(0), in, code);
        Tensor kernels = Linear.apply(params.child(KERNEL), spread)
                .reshape(codes.size(0), in, out, size, size)
                .transpose(1, 2);
        return tasks == 0 ? kernels.squeeze(0) : kernels;
    }

    /** How many tasks parameters belong to; 0 if all are shared. */
    private static long tasks(Params params) {
        long tasks = params.get(CODE).rank() == 2 ? params.get(CODE).size(0) : 0;
        for (String layer : new String[] {SPREAD, KERNEL}) {
            Tensor weight = params.get(layer + ".weight");
            Tensor bias = params.get(layer + ".bias");
            tasks = weight.rank() == 3 ? weight.size(0) : bias.rank() == 2 ? bias.size(0) : tasks;
        }
        return tasks;
    }
}
