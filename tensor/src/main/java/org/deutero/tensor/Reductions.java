package org.deutero.tensor;

import java.util.Arrays;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.global.torch;

/** What a tensor makes of its elements along dimensions: sums, means, extremes and the softmax. A part of {@link Tensor}. */
abstract sealed class Reductions extends Shapes permits Tensor {
    Reductions(org.bytedeco.pytorch.Tensor handle) {
        super(handle);
    }

    /** Sum of all elements, shape []. */
    public Tensor sum() {
        return Tensor.run(handle()::sum);
    }

    /** Sum over the given dimensions, which disappear. */
    public Tensor sum(int... dims) {
        return Tensor.run(() -> handle().sum(longs(dims), false, new ScalarTypeOptional()));
    }

    /** Sum over the given dimensions, which stay with size 1. */
    public Tensor sumKeep(int... dims) {
        return Tensor.run(() -> handle().sum(longs(dims), true, new ScalarTypeOptional()));
    }

    /** Mean of all elements, shape []. */
    public Tensor mean() {
        return Tensor.run(handle()::mean);
    }

    /** Mean over the given dimensions, which disappear. */
    public Tensor mean(int... dims) {
        return Tensor.run(() -> handle().mean(longs(dims), false, new ScalarTypeOptional()));
    }

    /** Mean over the given dimensions, which stay with size 1. */
    public Tensor meanKeep(int... dims) {
        return Tensor.run(() -> handle().mean(longs(dims), true, new ScalarTypeOptional()));
    }

    /** Mean over every dimension but the first: one number a task, shape [tasks]. */
    public Tensor meanPerTask() {
        return rank() == 1 ? (Tensor) this : flatten(1).mean(1);
    }

    /** Largest value along a dimension, which disappears. */
    public Tensor max(int dim) {
        return Tensor.run(() -> handle().amax(new long[] {dim}, false));
    }

    /** Index of the largest value along a dimension, int64; the dimension disappears. */
    public Tensor argmax(int dim) {
        return Tensor.run(() -> handle().argmax(new LongOptional(dim), false));
    }

    /** log sum exp along a dimension, which disappears; safe against overflow. */
    public Tensor logSumExp(int dim) {
        return Tensor.run(() -> torch.logsumexp(handle(), new long[] {dim}, false));
    }

    /** Softmax along a dimension. */
    public Tensor softmax(int dim) {
        return DualLevel.active() ? logSoftmax(dim).exp() : Tensor.run(() -> torch.softmax(handle(), dim));
    }

    /** Logarithm of the softmax along a dimension. */
    public Tensor logSoftmax(int dim) {
        // The backward pass of libtorch's own has no forward-mode derivative.
        return DualLevel.active()
                ? sub(logSumExp(dim).unsqueeze(dim))
                : Tensor.run(() -> torch.log_softmax(handle(), dim));
    }

    private static long[] longs(int... dims) {
        return Arrays.stream(dims).asLongStream().toArray();
    }
}
