package org.deutero.methods.disco;

import java.util.List;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Moving averages over a lifetime, corrected for their start at 0, by which numbers are normalised.
 *
 * @param state mean, mean square, product of decays, [lifetimes, 3]
 * @param decay of an update, 0.99 as published
 * @param epsilon added to the deviation, 1e-6 as published
 * @param rootEpsilon added to the variance, 1e-12 as published
 */
record RunningMoments(Tensor state, double decay, double epsilon, double rootEpsilon) {
    /** Before anything was seen. */
    static Tensor start(int lifetimes, DType dtype) {
        return Tensors.cat(List.of(Tensors.zeros(dtype, lifetimes, 2), Tensors.ones(dtype, lifetimes, 1)), 1);
    }

    /** With all numbers [lifetimes, ...] taken in. */
    RunningMoments after(Tensor numbers) {
        Tensor mean = numbers.meanPerTask();
        Tensor square = numbers.square().meanPerTask();
        Tensor news = Tensors.stack(List.of(mean, square, Tensors.zerosLike(mean)), 1);
        return new RunningMoments(state.mul(decay).addScaled(news, 1 - decay), decay, epsilon, rootEpsilon);
    }

    /**
     * Numbers [lifetimes, ...] in units of the deviation.
     *
     * @param centred whether the mean is taken away
     */
    Tensor normalise(Tensor numbers, boolean centred) {
        Tensor known = state.select(1, 2).neg().add(1);
        Tensor mean = state.select(1, 0).div(known);
        Tensor variance = state.select(1, 1).div(known).sub(mean.square()).relu();
        Tensor deviation = variance.add(rootEpsilon).sqrt().add(epsilon);
        Tensor rest = centred ? numbers.sub(like(mean, numbers)) : numbers;
        return rest.div(like(deviation, numbers));
    }

    private static Tensor like(Tensor perLifetime, Tensor numbers) {
        long[] shape = new long[numbers.rank()];
        java.util.Arrays.fill(shape, 1);
        shape[0] = perLifetime.size(0);
        return perLifetime.reshape(shape);
    }
}
