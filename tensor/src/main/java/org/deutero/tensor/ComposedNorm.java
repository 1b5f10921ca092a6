package org.deutero.tensor;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Normalisations out of elementary operations. Slower than libtorch's own, and used only in forward mode: the backward passes of the fused
 * operations have no forward-mode derivative in C++.
 */
final class ComposedNorm {
    private ComposedNorm() {}

    /** Batch normalisation of x [n, channels, ...] with the moments of the batch. */
    static Tensor batch(Tensor x, Tensor scale, Tensor shift, double epsilon) {
        int[] others = IntStream.range(0, x.rank()).filter(d -> d != 1).toArray();
        Tensor centred = x.sub(x.meanKeep(others));
        return finish(centred, centred.square().meanKeep(others), channels(scale, x), channels(shift, x), epsilon);
    }

    /** Batch normalisation of x [n, channels, ...] with given moments [channels]. */
    static Tensor fixed(Tensor x, Tensor mean, Tensor variance, Tensor scale, Tensor shift, double epsilon) {
        return finish(x.sub(channels(mean, x)), channels(variance, x), channels(scale, x), channels(shift, x), epsilon);
    }

    /** Normalisation of the last dimension, with scale and shift [d]. */
    static Tensor layer(Tensor x, Tensor scale, Tensor shift, double epsilon) {
        int last = x.rank() - 1;
        Tensor centred = x.sub(x.meanKeep(last));
        return finish(centred, centred.square().meanKeep(last), scale, shift, epsilon);
    }

    private static Tensor finish(Tensor centred, Tensor variance, Tensor scale, Tensor shift, double epsilon) {
        Tensor factor = variance.add(epsilon).pow(-0.5);
        Tensor normal = centred.mul(scale == null ? factor : factor.mul(scale));
        return shift == null ? normal : normal.add(shift);
    }

    /** [channels] as [1, channels, 1, ...], or null for null. */
    private static Tensor channels(Tensor vector, Tensor x) {
        if (vector == null) {
            return null;
        }
        long[] shape = new long[x.rank()];
        Arrays.fill(shape, 1);
        shape[1] = x.size(1);
        return vector.reshape(shape);
    }
}
