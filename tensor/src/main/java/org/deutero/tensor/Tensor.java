package org.deutero.tensor;

import java.util.Arrays;
import java.util.function.Supplier;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.LayoutOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * An n-dimensional array with automatic differentiation: a thin, immutable face of a libtorch tensor.
 *
 * <p>Operations never change their operands. Binary operations broadcast as in NumPy: shapes are aligned at their last dimension,
 * and sizes must be equal or 1. Negative dimensions count from the end. A shape that does not fit raises a {@link TensorException} with libtorch's own sentence. Every result belongs to the innermost open {@link Scope} of the thread.
 */
public final class Tensor extends Reductions implements AutoCloseable {
    Tensor(org.bytedeco.pytorch.Tensor handle) {
        super(handle);
        if (!Scope.isOpen()) {
            handle.close();
            throw new IllegalStateException(
                    "no scope is open on this thread: wrap the work in try (Scope s = Scope.open()) {...}");
        }
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
    static <R> R ask(Supplier<R> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            throw TensorException.of(e);
        }
    }

    // ---- creation
    // ------------------------------------------------------------------------------------------------------

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
    // ----------------------------------------------------------------------------------------------------
    /** The element type. */
    public DType dtype() {
        return DType.of(ask(handle()::scalar_type));
    }

    /** Where the data lives. */
    public Device device() {
        if (!handle().is_cuda()) {
            return Device.CPU;
        }
        try (org.bytedeco.pytorch.Device d = handle().device()) {
            return Device.cuda(d.index());
        }
    }

    /** Whether autograd records operations on this tensor. */
    public boolean requiresGrad() {
        return ask(handle()::requires_grad);
    }

    // ---- reading
    // -------------------------------------------------------------------------------------------------------

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
        return ask(handle()::item_double);
    }

    // ---- autograd
    // ------------------------------------------------------------------------------------------------------

    /** The same data, cut off from the graph. */
    public Tensor detach() {
        return run(handle()::detach);
    }

    /**
     * A leaf with the same data, with respect to which gradients can be taken. Inside {@link Autograd#jvp} it keeps its tangent, so
     * that derivatives of gradients come out.
     */
    public Tensor leaf() {
        return run(() -> DualLevel.cut(handle()).set_requires_grad(true));
    }

    /** The same values, cut off from the graph like {@link #detach}; inside {@link Autograd#jvp} it keeps its tangent. */
    public Tensor constant() {
        return run(() -> DualLevel.cut(handle()));
    }

    // ---- type, place and layout
    // ----------------------------------------------------------------------------------------

    /** The same values in another element type; this tensor itself if it has that type. */
    public Tensor to(DType dtype) {
        return run(() -> handle().to(dtype.nativeType()));
    }

    /** The same values on another device; this tensor itself if it is there. */
    public Tensor to(Device device) {
        return run(() -> handle().to(
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
        return run(handle()::contiguous);
    }

    /**
     * Images [n, channels, height, width] laid out with channels fastest, in which convolution, normalisation and pooling run two to six
     * times faster on a processor. Values and shape stay the same.
     */
    public Tensor channelsLast() {
        if (size(1) > 1) {
            return run(() -> handle().contiguous(torch.MemoryFormat.ChannelsLast));
        }
        // With one channel both layouts are the same bytes, and libtorch would call it the other one: give it telling
        // strides.
        return select(1, 0).unsqueeze(3).permute(0, 3, 1, 2);
    }

    /** A copy with storage of its own. */
    public Tensor copy() {
        return run(handle()::clone);
    }

    /** Releases a tensor that the caller owns (see {@link Scope#keep(Tensor)}). */
    @Override
    public void close() {
        handle().close();
    }

    @Override
    public String toString() {
        return handle().isNull() ? "tensor (closed)" : dtype() + Arrays.toString(shape());
    }
}
