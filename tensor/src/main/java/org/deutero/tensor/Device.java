package org.deutero.tensor;

import org.bytedeco.pytorch.global.torch;

/**
 * Where a tensor lives.
 *
 * @param type processor or GPU
 * @param index number of the GPU; 0 for the processor
 */
public record Device(Type type, int index) {
    /** The processor. */
    public static final Device CPU = new Device(Type.CPU, 0);

    /** Kinds of device. */
    public enum Type {
        /** The processor. */
        CPU,
        /** A GPU through CUDA. */
        CUDA
    }

    /** The GPU with this number. */
    public static Device cuda(int index) {
        return new Device(Type.CUDA, index);
    }

    /** Whether this build of libtorch finds a GPU. */
    public static boolean cudaAvailable() {
        Natives.ensureLoaded();
        return torch.cuda_is_available();
    }

    @Override
    public String toString() {
        return type == Type.CPU ? "cpu" : "cuda:" + index;
    }

    org.bytedeco.pytorch.Device nativeDevice() {
        return new org.bytedeco.pytorch.Device(toString());
    }
}
