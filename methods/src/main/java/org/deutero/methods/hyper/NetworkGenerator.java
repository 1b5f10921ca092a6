package org.deutero.methods.hyper;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Linear;
import org.deutero.tensor.nn.Network;

/**
 * All weights of a network, an affine function of a code of mean square 1.
 *
 * <p>Parameters: for every tensor {@code w} of the network {@code w.weight} [numbers, code] and {@code w.bias} [numbers]. Matrices and kernels start as products of the code with normal weights of such a size that the variance of what is generated is 2 / (fan in + fan out), as if
 * it had been initialised by itself (Glorot and Bengio 2010); vectors start at their own initialisation for every code.
 *
 * @param network whose weights are generated
 * @param code numbers in a code
 */
record NetworkGenerator(Network network, int code) {
    Params init(RandomGenerator rng, DType dtype) {
        Params.Builder params = Params.builder();
        network.init(rng, dtype).forEach((name, w) -> params.put(name, start(rng, w)));
        return params.build();
    }

    private Params start(RandomGenerator rng, Tensor w) {
        boolean vector = w.rank() == 1;
        Tensor weight = vector
                ? Tensors.zeros(w.dtype(), w.numel(), code)
                : Tensors.normal(rng, w.dtype(), w.numel(), code).mul(deviation(w));
        Tensor bias = vector ? w : Tensors.zeros(w.dtype(), w.numel());
        return Params.builder().put("weight", weight).put("bias", bias).build();
    }

    /** So that a sum over the code has Glorot's variance. */
    private double deviation(Tensor w) {
        double receptive = (double) w.numel() / (w.size(0) * w.size(1));
        return Math.sqrt(2 / ((w.size(0) + w.size(1)) * receptive * code));
    }

    /**
     * The weights of tasks.
     *
     * @param own this generator's parameters, shared or leading with [tasks]
     * @param codes [tasks, code]
     * @return each tensor of the network, leading with [tasks]
     */
    Params generate(Params own, Tensor codes) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        network.init(new SplittableRandom(0), codes.dtype()).forEach((name, w) -> {
            Tensor numbers = Linear.apply(own.child(name), codes.unsqueeze(1));
            weights.put(name, numbers.reshape(led(codes.size(0), w.shape())));
        });
        return Params.of(weights);
    }

    private static long[] led(long first, long[] shape) {
        long[] led = new long[shape.length + 1];
        led[0] = first;
        System.arraycopy(shape, 0, led, 1, shape.length);
        return led;
    }
}
