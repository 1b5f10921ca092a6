package org.deutero.tensor;

import java.util.Arrays;
import java.util.function.Supplier;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.LayoutOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * An n-dimensional array with automatic differentiation: a thin, immutable face of a libtorch tensor.
 *
 * <p>Operations never change their operands. Binary operations broadcast as in NumPy: shapes are aligned at their last dimension,
 * and sizes must be equal or 1. Negative dimensions count from the end. A shape that does not fit raises a {@link TensorException} with libtorch's own sentence. Every result belongs to the innermost open {@link Scope} of the thread.
 */
public final class Tensor implements AutoCloseable {
    private final org.bytedeco.pytorch.Tensor handle;

    Tensor(org.bytedeco.pytorch.Tensor handle) {
        if (!Scope.isOpen()) {
            handle.close();
            throw new IllegalStateException(
                    "no scope is open on this thread: wrap the work in try (Scope s = Scope.open()) {...}");
        }
        this.handle = handle;
    }

    /** Runs a native operation, turning its errors into one sentence. */
    static Tensor run(Supplier<org.bytedeco.pytorch.Tensor> operation) {
        org.bytedeco.pytorch.Tensor result;
        try {
            result = operation.get();
        } catch (RuntimeException e) {
            throw TensorException.of(e);
        }
        return new Tensor(result);
    }

    /** Asks the native tensor for a value, turning its errors into one sentence. */
    private static <R> R ask(Supplier<R> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            throw TensorException.of(e);
        }
    }

    org.bytedeco.pytorch.Tensor handle() {
        return handle;
    }

    // ---- creation
    // ------------------------------------------------------------------------------------------------------------

    /** A float32 tensor of the given shape with a copy of the data, last dimension fastest; no shape means a scalar. */
    public static Tensor of(float[] data, long... shape) {
        return Transfer.of(data, shape);
    }

    /** A float64 tensor of the given shape with a copy of the data. */
    public static Tensor of(double[] data, long... shape) {
        return Transfer.of(data, shape);
    }

    /** An int64 tensor of the given shape with a copy of the data. */
    public static Tensor of(long[] data, long... shape) {
        return Transfer.of(data, shape);
    }

    /** A float32 scalar, shape []. */
    public static Tensor scalar(double value) {
        return of(new float[] {(float) value});
    }

    // ---- what it is
    // ----------------------------------------------------------------------------------------------------------

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
        return ask(() -> handle.size(dim));
    }

    /** The number of dimensions. */
    public int rank() {
        return ask(() -> (int) handle.dim());
    }

    /** The number of elements. */
    public long numel() {
        return ask(handle::numel);
    }

    /** The element type. */
    public DType dtype() {
        return DType.of(ask(handle::scalar_type));
    }

    /** Where the data lives. */
    public Device device() {
        if (!handle.is_cuda()) {
            return Device.CPU;
        }
        try (org.bytedeco.pytorch.Device d = handle.device()) {
            return Device.cuda(d.index());
        }
    }

    /** Whether autograd records operations on this tensor. */
    public boolean requiresGrad() {
        return ask(handle::requires_grad);
    }

    // ---- reading
    // -------------------------------------------------------------------------------------------------------------

    /** The elements as float32, last dimension fastest. */
    public float[] floats() {
        return Transfer.floats(this);
    }

    /** The elements as float64, last dimension fastest. */
    public double[] doubles() {
        return Transfer.doubles(this);
    }

    /** The elements as int64, last dimension fastest. */
    public long[] longs() {
        return Transfer.longs(this);
    }

    /** The only element. @throws TensorException if there is not exactly one */
    public double item() {
        return ask(handle::item_double);
    }

    // ---- autograd
    // ------------------------------------------------------------------------------------------------------------

    /** The same data, cut off from the graph. */
    public Tensor detach() {
        return run(handle::detach);
    }

    /**
     * A leaf with the same data, with respect to which gradients can be taken. Inside {@link Autograd#jvp} it keeps its tangent, so
     * that derivatives of gradients come out.
     */
    public Tensor leaf() {
        return run(() -> ForwardMode.cut(handle).set_requires_grad(true));
    }

    /** The same values, cut off from the graph like {@link #detach}; inside {@link Autograd#jvp} it keeps its tangent. */
    public Tensor constant() {
        return run(() -> ForwardMode.cut(handle));
    }

    // ---- type, place and layout
    // ----------------------------------------------------------------------------------------------

    /** The same values in another element type; this tensor itself if it has that type. */
    public Tensor to(DType dtype) {
        return run(() -> handle.to(dtype.nativeType()));
    }

    /** The same values on another device; this tensor itself if it is there. */
    public Tensor to(Device device) {
        return run(() -> handle.to(
                new ScalarTypeOptional(),
                new LayoutOptional(),
                new DeviceOptional(device.nativeDevice()),
                new BoolOptional(),
                false,
                false,
                new MemoryFormatOptional()));
    }

    /** The same values, laid out with the last dimension fastest. */
    public Tensor contiguous() {
        return run(handle::contiguous);
    }

    /**
     * Images [n, channels, height, width] laid out with channels fastest, in which convolution, normalisation and pooling run two to six
     * times faster on a processor. Values and shape stay the same.
     */
    public Tensor channelsLast() {
        if (size(1) > 1) {
            return run(() -> handle.contiguous(torch.MemoryFormat.ChannelsLast));
        }
        // With one channel both layouts are the same bytes, and libtorch would call it the other one: give it telling
        // strides.
        return select(1, 0).unsqueeze(3).permute(0, 3, 1, 2);
    }

    /** A copy with storage of its own. */
    public Tensor copy() {
        return run(handle::clone);
    }

    // ---- arithmetic
    // ----------------------------------------------------------------------------------------------------------

    /** Elementwise sum. */
    public Tensor add(Tensor other) {
        return run(() -> handle.add(other.handle));
    }

    /** Elementwise sum with a number. */
    public Tensor add(double value) {
        return run(() -> handle.add(new Scalar(value)));
    }

    /** This plus {@code scale} times the other, in one pass. */
    public Tensor addScaled(Tensor other, double scale) {
        return run(() -> handle.add(other.handle, new Scalar(scale)));
    }

    /** Elementwise difference. */
    public Tensor sub(Tensor other) {
        return run(() -> handle.sub(other.handle));
    }

    /** Elementwise difference with a number. */
    public Tensor sub(double value) {
        return add(-value);
    }

    /** Elementwise product. */
    public Tensor mul(Tensor other) {
        return run(() -> handle.mul(other.handle));
    }

    /** Product with a number. */
    public Tensor mul(double value) {
        return run(() -> handle.mul(new Scalar(value)));
    }

    /** Elementwise quotient. */
    public Tensor div(Tensor other) {
        return run(() -> handle.div(other.handle));
    }

    /** Quotient by a number. */
    public Tensor div(double value) {
        return run(() -> handle.div(new Scalar(value)));
    }

    /** Elementwise power. */
    public Tensor pow(double exponent) {
        return run(() -> handle.pow(new Scalar(exponent)));
    }

    /** Minus this. */
    public Tensor neg() {
        return run(handle::neg);
    }

    /** Elementwise e^x. */
    public Tensor exp() {
        return run(handle::exp);
    }

    /** Elementwise natural logarithm. */
    public Tensor log() {
        return run(handle::log);
    }

    /** Elementwise square root. */
    public Tensor sqrt() {
        return run(handle::sqrt);
    }

    /** Elementwise square. */
    public Tensor square() {
        return mul(this);
    }

    /** Elementwise absolute value, with slope 0 at 0. */
    public Tensor abs() {
        return run(handle::abs);
    }

    /** Elementwise sign: -1, 0 or 1. */
    public Tensor sign() {
        return run(handle::sign);
    }

    /** Elementwise sine. */
    public Tensor sin() {
        return run(handle::sin);
    }

    /** Elementwise cosine. */
    public Tensor cos() {
        return run(handle::cos);
    }

    /** Values limited to [low, high]; the gradient passes at the bounds and inside. */
    public Tensor clamp(double low, double high) {
        return run(() -> handle.clamp(new ScalarOptional(new Scalar(low)), new ScalarOptional(new Scalar(high))));
    }

    /** max(0, x), with slope 0 at 0. */
    public Tensor relu() {
        return run(handle::relu);
    }

    /** Hyperbolic tangent. */
    public Tensor tanh() {
        return run(handle::tanh);
    }

    /** Logistic sigmoid. */
    public Tensor sigmoid() {
        return run(handle::sigmoid);
    }

    // ---- products
    // ------------------------------------------------------------------------------------------------------------

    /** Matrix product over the last two dimensions, broadcasting those before. */
    public Tensor matmul(Tensor other) {
        return run(() -> handle.matmul(other.handle));
    }

    /** This plus the batched matrix product: [b, n, m] + [b, n, k] x [b, k, m]; this may broadcast. */
    public Tensor baddbmm(Tensor left, Tensor right) {
        return run(() -> handle.baddbmm(left.handle, right.handle));
    }

    // ---- comparison: results are {@link DType#BOOL}
    // --------------------------------------------------------------------------

    /** Elementwise equality. */
    public Tensor eq(Tensor other) {
        return run(() -> handle.eq(other.handle));
    }

    /** Elementwise comparison with a number. */
    public Tensor gt(double value) {
        return run(() -> handle.gt(new Scalar(value)));
    }

    /** Elementwise comparison with a number. */
    public Tensor lt(double value) {
        return run(() -> handle.lt(new Scalar(value)));
    }

    /** Whether every element is a finite number. */
    public boolean allFinite() {
        try (Scope s = Scope.open()) {
            return run(() -> handle.isfinite().all()).handle.item_bool();
        }
    }

    // ---- reductions
    // ----------------------------------------------------------------------------------------------------------

    /** Sum of all elements, shape []. */
    public Tensor sum() {
        return run(handle::sum);
    }

    /** Sum over the given dimensions, which disappear. */
    public Tensor sum(int... dims) {
        return run(() -> handle.sum(longs(dims), false, new ScalarTypeOptional()));
    }

    /** Sum over the given dimensions, which stay with size 1. */
    public Tensor sumKeep(int... dims) {
        return run(() -> handle.sum(longs(dims), true, new ScalarTypeOptional()));
    }

    /** Mean of all elements, shape []. */
    public Tensor mean() {
        return run(handle::mean);
    }

    /** Mean over the given dimensions, which disappear. */
    public Tensor mean(int... dims) {
        return run(() -> handle.mean(longs(dims), false, new ScalarTypeOptional()));
    }

    /** Mean over the given dimensions, which stay with size 1. */
    public Tensor meanKeep(int... dims) {
        return run(() -> handle.mean(longs(dims), true, new ScalarTypeOptional()));
    }

    /** Mean over every dimension but the first: one number a task, shape [tasks]. */
    public Tensor meanPerTask() {
        return rank() == 1 ? this : flatten(1).mean(1);
    }

    /** Largest value along a dimension, which disappears. */
    public Tensor max(int dim) {
        return run(() -> handle.amax(new long[] {dim}, false));
    }

    /** Index of the largest value along a dimension, int64; the dimension disappears. */
    public Tensor argmax(int dim) {
        return run(() -> handle.argmax(new LongOptional(dim), false));
    }

    /** log sum exp along a dimension, which disappears; safe against overflow. */
    public Tensor logSumExp(int dim) {
        return run(() -> torch.logsumexp(handle, new long[] {dim}, false));
    }

    /** Softmax along a dimension. */
    public Tensor softmax(int dim) {
        return ForwardMode.active() ? logSoftmax(dim).exp() : run(() -> torch.softmax(handle, dim));
    }

    /** Logarithm of the softmax along a dimension. */
    public Tensor logSoftmax(int dim) {
        // The backward pass of libtorch's own has no forward-mode derivative.
        return ForwardMode.active() ? sub(logSumExp(dim).unsqueeze(dim)) : run(() -> torch.log_softmax(handle, dim));
    }

    // ---- shape
    // ---------------------------------------------------------------------------------------------------------------

    /** The same elements in another shape; one size may be -1. */
    public Tensor reshape(long... shape) {
        return run(() -> handle.reshape(shape));
    }

    /** All dimensions from this one on made into one. */
    public Tensor flatten(int from) {
        return run(() -> handle.flatten(from, -1));
    }

    /** Dimensions in another order. */
    public Tensor permute(long... dims) {
        return run(() -> handle.permute(dims));
    }

    /** Two dimensions exchanged. */
    public Tensor transpose(int a, int b) {
        return run(() -> handle.transpose(a, b));
    }

    /** Repeats dimensions of size 1 without copying; -1 leaves a size as it is, and new dimensions come first. */
    public Tensor expand(long... shape) {
        return run(() -> handle.expand(shape));
    }

    /** A new dimension of size 1 at this place. */
    public Tensor unsqueeze(int dim) {
        return run(() -> handle.unsqueeze(dim));
    }

    /** Removes a dimension of size 1. */
    public Tensor squeeze(int dim) {
        return run(() -> handle.squeeze(dim));
    }

    // ---- indexing
    // ------------------------------------------------------------------------------------------------------------

    /** The sub-tensor at one index of a dimension, which disappears. */
    public Tensor select(int dim, long index) {
        return run(() -> handle.select(dim, index));
    }

    /** The indices from (inclusive) to (exclusive) of a dimension, without copying. */
    public Tensor slice(int dim, long from, long to) {
        return run(() -> handle.narrow(dim, from, to - from));
    }

    /** The sub-tensors at the given indices [n] of a dimension. */
    public Tensor indexSelect(int dim, Tensor indices) {
        return run(() -> handle.index_select(dim, indices.handle));
    }

    /** The diagonal of a matrix [n, n], [n], without copying. */
    public Tensor diagonal() {
        return run(() -> handle.diagonal());
    }

    /** This, so many times over along the first dimension: [n, ...] becomes [times * n, ...]. */
    public Tensor tile(int times) {
        long[] repeats = new long[rank()];
        Arrays.fill(repeats, 1);
        repeats[0] = times;
        return run(() -> handle.repeat(repeats));
    }

    /** Each element of the first dimension so many times in a row: [n, ...] becomes [n * times, ...]. */
    public Tensor repeatEach(int times) {
        return run(() -> handle.repeat_interleave(times, new LongOptional(0), new LongOptional()));
    }

    /** Elements picked along a dimension: result[i][j] = this[i][index[i][j]] for dim 1. */
    public Tensor gather(int dim, Tensor index) {
        return run(() -> handle.gather(dim, index.handle));
    }

    /** This with elements replaced: result[i][index[i][j]] = source[i][j] for dim 1. */
    public Tensor scatter(int dim, Tensor index, Tensor source) {
        return run(() -> handle.scatter(dim, index.handle, source.handle));
    }

    /** This with elements added to: result[i][index[i][j]] += source[i][j] for dim 1. */
    public Tensor scatterAdd(int dim, Tensor index, Tensor source) {
        return run(() -> handle.scatter_add(dim, index.handle, source.handle));
    }

    /** Labels [...] in 0..classes-1 as unit vectors [..., classes] of the given type. */
    public Tensor oneHot(long classes, DType dtype) {
        return run(() -> torch.one_hot(handle, classes)).to(dtype);
    }

    private static long[] longs(int... dims) {
        return Arrays.stream(dims).asLongStream().toArray();
    }

    /** Releases a tensor that the caller owns (see {@link Scope#keep(Tensor)}). */
    @Override
    public void close() {
        handle.close();
    }

    @Override
    public String toString() {
        return handle.isNull() ? "tensor (closed)" : dtype() + Arrays.toString(shape());
    }
}
