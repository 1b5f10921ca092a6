package org.deutero.tensor;

import java.util.EnumMap;
import java.util.Map;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorOptions;

/** One native options object for each element type, made once. */
final class NativeOptions {
    private static final Map<DType, TensorOptions> OPTIONS = new EnumMap<>(DType.class);

    static {
        Natives.ensureLoaded();
        for (DType dtype : DType.values()) {
            OPTIONS.put(
                    dtype, Natives.permanent(new TensorOptions().dtype(new ScalarTypeOptional(dtype.nativeType()))));
        }
    }

    private NativeOptions() {}

    static TensorOptions of(DType dtype) {
        return OPTIONS.get(dtype);
    }
}
