package org.deutero.serve;

import java.util.ArrayList;
import java.util.List;
import org.deutero.tensor.DType;
import org.deutero.tensor.Device;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** A tree of numbers in the memory of Java: belongs to no scope, needs no closing, and is shared by threads. For small trees, since tensors are made anew for each use. */
final class StoredTensors {
    private final List<Stored> all = new ArrayList<>();

    @SuppressWarnings("ArrayRecordComponent") // nobody compares it
    private record Stored(String name, float[] values, long[] shape) {}

    /** Copies float32 tensors. */
    StoredTensors(Params params) {
        params.forEach((name, tensor) ->
                all.add(new Stored(name, tensor.to(DType.FLOAT32).floats(), tensor.shape())));
    }

    /** Tensors of the innermost open scope, in the type and on the device of another. */
    Params like(Tensor other) {
        return on(other.dtype(), other.device());
    }

    /** As they were. */
    Params all() {
        return on(DType.FLOAT32, Device.CPU);
    }

    private Params on(DType dtype, Device device) {
        Params.Builder params = Params.builder();
        all.forEach(t ->
                params.put(t.name(), Tensor.of(t.values(), t.shape()).to(dtype).to(device)));
        return params.build();
    }
}
