package org.deutero.tensor;

/** Tensors as raw little-endian bytes, the layout of files and messages. */
public final class TensorBytes {
    private TensorBytes() {}

    /** The elements, last dimension fastest. */
    public static byte[] of(Tensor tensor) {
        return Transfer.bytes(tensor);
    }

    /** A tensor of this type and shape. @throws TensorException if the number of bytes does not fit */
    public static Tensor read(DType dtype, byte[] bytes, long... shape) {
        return Transfer.of(dtype, bytes, shape);
    }
}
