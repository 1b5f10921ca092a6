package org.deutero.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** A tensor's shape, the same elements in another shape or order, and the choice of some of them. A part of {@link Tensor}. */
abstract sealed class Shapes extends Elementwise permits Reductions {
    Shapes(org.bytedeco.pytorch.Tensor handle) {
        super(handle);
    }

    // ---- sizes
    // -----------------------------------------------------------------------------------------------------

    /** Sizes, one a dimension. */
    public long[] shape() {
        long[] shape = new long[rank()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = size(i);
        }
        return shape;
    }

    /** The size of one dimension. */
    public long size(int dim) {
        return Tensor.ask(() -> handle().size(dim));
    }

    /** The number of dimensions. */
    public int rank() {
        return Tensor.ask(() -> (int) handle().dim());
    }

    /** The number of elements. */
    public long numel() {
        return Tensor.ask(handle()::numel);
    }

    // ---- shape
    // -----------------------------------------------------------------------------------------------------

    /** The same elements in another shape; one size may be -1. */
    public Tensor reshape(long... shape) {
        return Tensor.run(() -> handle().reshape(shape));
    }

    /** All dimensions from this one on made into one. */
    public Tensor flatten(int from) {
        return Tensor.run(() -> handle().flatten(from, -1));
    }

    /** Dimensions in another order. */
    public Tensor permute(long... dims) {
        return Tensor.run(() -> handle().permute(dims));
    }

    /** Two dimensions exchanged. */
    public Tensor transpose(int a, int b) {
        return Tensor.run(() -> handle().transpose(a, b));
    }

    /** Repeats dimensions of size 1 without copying; -1 leaves a size as it is, and new dimensions come first. */
    public Tensor expand(long... shape) {
        return Tensor.run(() -> handle().expand(shape));
    }

    /** A new dimension of size 1 at this place. */
    public Tensor unsqueeze(int dim) {
        return Tensor.run(() -> handle().unsqueeze(dim));
    }

    /** Removes a dimension of size 1. */
    public Tensor squeeze(int dim) {
        return Tensor.run(() -> handle().squeeze(dim));
    }

    // ---- indexing
    // --------------------------------------------------------------------------------------------------

    /** The sub-tensor at one index of a dimension, which disappears. */
    public Tensor select(int dim, long index) {
        return Tensor.run(() -> handle().select(dim, index));
    }

    /** The indices from (inclusive) to (exclusive) of a dimension, without copying. */
    public Tensor slice(int dim, long from, long to) {
        return Tensor.run(() -> handle().narrow(dim, from, to - from));
    }

    /** So many indices of a dimension, from one on and so far apart, without copying. */
    public Tensor every(int dim, long from, long count, long apart) {
        return Tensor.run(() ->
                handle().slice(dim, new LongOptional(from), new LongOptional(from + (count - 1) * apart + 1), apart));
    }

    /** The sub-tensors at all indices of a dimension, which disappears, without copying. Going back through all of them costs no more than once through the whole, unlike {@link #select} at each. */
    public List<Tensor> unbind(int dim) {
        return parts(() -> handle().unbind(dim));
    }

    /** Parts of the given sizes along a dimension, without copying; sizes add up to that of the dimension. */
    public List<Tensor> split(int dim, long... sizes) {
        return parts(() -> handle().split_with_sizes(sizes, dim));
    }

    private static List<Tensor> parts(Supplier<TensorVector> operation) {
        TensorVector parts;
        try {
            parts = operation.get();
        } catch (RuntimeException e) {
            throw TensorException.of(e);
        }
        List<Tensor> tensors = new ArrayList<>();
        for (long i = 0; i < parts.size(); i++) {
            // Elements of the vector are borrowed; the copy of the handle owns its tensor.
            tensors.add(new Tensor(new org.bytedeco.pytorch.Tensor(parts.get(i))));
        }
        parts.close();
        return tensors;
    }

    /** The sub-tensors at the given indices [n] of a dimension. */
    public Tensor indexSelect(int dim, Tensor indices) {
        return Tensor.run(() -> handle().index_select(dim, indices.handle()));
    }

    /** The diagonal of a matrix [n, n], [n], without copying. */
    public Tensor diagonal() {
        return Tensor.run(() -> handle().diagonal());
    }

    /** This, so many times over along the first dimension: [n, ...] becomes [times * n, ...]. */
    public Tensor tile(int times) {
        long[] repeats = new long[rank()];
        Arrays.fill(repeats, 1);
        repeats[0] = times;
        return Tensor.run(() -> handle().repeat(repeats));
    }

    /** Each element of the first dimension so many times in a row: [n, ...] becomes [n * times, ...]. */
    public Tensor repeatEach(int times) {
        return Tensor.run(() -> handle().repeat_interleave(times, new LongOptional(0), new LongOptional()));
    }

    /** Elements picked along a dimension: result[i][j] = this[i][index[i][j]] for dim 1. */
    public Tensor gather(int dim, Tensor index) {
        return Tensor.run(() -> handle().gather(dim, index.handle()));
    }

    /** This with elements replaced: result[i][index[i][j]] = source[i][j] for dim 1. */
    public Tensor scatter(int dim, Tensor index, Tensor source) {
        return Tensor.run(() -> handle().scatter(dim, index.handle(), source.handle()));
    }

    /** This with elements added to: result[i][index[i][j]] += source[i][j] for dim 1. */
    public Tensor scatterAdd(int dim, Tensor index, Tensor source) {
        return Tensor.run(() -> handle().scatter_add(dim, index.handle(), source.handle()));
    }

    /** Labels [...] in 0..classes-1 as unit vectors [..., classes] of the given type. */
    public Tensor oneHot(long classes, DType dtype) {
        return Tensor.run(() -> torch.one_hot(handle(), classes)).to(dtype);
    }
}
