package org.deutero.tensor;

import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.global.torch;

/** Copies between Java arrays and native memory. */
final class Transfer {
    private Transfer() {}

    static Tensor of(float[] data, long... shape) {
        Tensor t = allocate(DType.FLOAT32, data.length, shape);
        try (FloatPointer p = new FloatPointer(t.handle().data_ptr())) {
            p.put(data, 0, data.length);
        }
        return t;
    }

    static Tensor of(double[] data, long... shape) {
        Tensor t = allocate(DType.FLOAT64, data.length, shape);
        try (DoublePointer p = new DoublePointer(t.handle().data_ptr())) {
            p.put(data, 0, data.length);
        }
        return t;
    }

    static Tensor of(long[] data, long... shape) {
        Tensor t = allocate(DType.INT64, data.length, shape);
        try (LongPointer p = new LongPointer(t.handle().data_ptr())) {
            p.put(data, 0, data.length);
        }
        return t;
    }

    /** Little-endian bytes as they stand in memory and in a safetensors file. */
    static Tensor of(DType dtype, byte[] data, long... shape) {
        Tensor t = allocate(dtype, data.length / dtype.bytes(), shape);
        try (BytePointer p = new BytePointer(t.handle().data_ptr())) {
            p.put(data, 0, data.length);
        }
        return t;
    }

    static float[] floats(Tensor tensor) {
        try (Scope s = Scope.open()) {
            Tensor t = tensor.detach().to(Device.CPU).to(DType.FLOAT32).contiguous();
            float[] data = new float[Math.toIntExact(t.numel())];
            try (FloatPointer p = new FloatPointer(t.handle().data_ptr())) {
                p.get(data, 0, data.length);
            }
            return data;
        }
    }

    static double[] doubles(Tensor tensor) {
        try (Scope s = Scope.open()) {
            Tensor t = tensor.detach().to(Device.CPU).to(DType.FLOAT64).contiguous();
            double[] data = new double[Math.toIntExact(t.numel())];
            try (DoublePointer p = new DoublePointer(t.handle().data_ptr())) {
                p.get(data, 0, data.length);
            }
            return data;
        }
    }

    static long[] longs(Tensor tensor) {
        try (Scope s = Scope.open()) {
            Tensor t = tensor.detach().to(Device.CPU).to(DType.INT64).contiguous();
            long[] data = new long[Math.toIntExact(t.numel())];
            try (LongPointer p = new LongPointer(t.handle().data_ptr())) {
                p.get(data, 0, data.length);
            }
            return data;
        }
    }

    static byte[] bytes(Tensor tensor) {
        try (Scope s = Scope.open()) {
            Tensor t = tensor.detach().to(Device.CPU).contiguous();
            byte[] data = new byte[Math.toIntExact(t.numel() * t.dtype().bytes())];
            try (BytePointer p = new BytePointer(t.handle().data_ptr())) {
                p.get(data, 0, data.length);
            }
            return data;
        }
    }

    private static Tensor allocate(DType dtype, int length, long... shape) {
        long numel = 1;
        for (long size : shape) {
            numel *= size;
        }
        if (numel != length) {
            throw new TensorException(length + " values do not fill shape " + Arrays.toString(shape) + ", which has "
                    + numel + " elements");
        }
        Natives.ensureLoaded();
        return Tensor.run(() -> torch.empty(shape, NativeOptions.of(dtype), null));
    }
}
