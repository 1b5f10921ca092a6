package org.deutero.tensor;

import org.bytedeco.pytorch.global.torch.ScalarType;

/** Element types. */
public enum DType {
    /** 32-bit floating point, the default. */
    FLOAT32("F32", 4),
    /** 64-bit floating point, for conformance tests. */
    FLOAT64("F64", 8),
    /** 64-bit integers: labels and indices. */
    INT64("I64", 8),
    /** Truth values: masks. */
    BOOL("BOOL", 1);

    private final String safetensorsName;
    private final int bytes;

    DType(String safetensorsName, int bytes) {
        this.safetensorsName = safetensorsName;
        this.bytes = bytes;
    }

    /** The name of this type in a safetensors header. */
    public String safetensorsName() {
        return safetensorsName;
    }

    /** Bytes an element. */
    public int bytes() {
        return bytes;
    }

    /** Whether gradients exist for this type. */
    public boolean isFloating() {
        return this == FLOAT32 || this == FLOAT64;
    }

    ScalarType nativeType() {
        return switch (this) {
            case FLOAT32 -> ScalarType.Float;
            case FLOAT64 -> ScalarType.Double;
            case INT64 -> ScalarType.Long;
            case BOOL -> ScalarType.Bool;
        };
    }

    static DType of(ScalarType type) {
        return switch (type.intern()) {
            case Float -> FLOAT32;
            case Double -> FLOAT64;
            case Long -> INT64;
            case Bool -> BOOL;
            default ->
                throw new TensorException(
                        "element type " + type + " is not one of " + java.util.Arrays.toString(values()));
        };
    }
}
