package org.deutero.tensor;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorImpl;
import org.bytedeco.pytorch.global.torch;

/**
 * Numbers as libtorch wants them. Making one and freeing it takes longer than adding a thousand elements, and the same few come again and again, so every thread keeps those it used last.
 *
 * <p>What is handed out is good until the thread asks for another one: libtorch copies what it needs for later.
 */
final class Scalars {
    private static final int KEPT = 128;
    private static final ThreadLocal<Scalars> OWN = ThreadLocal.withInitial(Scalars::new);

    private final long[] bits = new long[KEPT];
    private final Scalar[] scalars = new Scalar[KEPT];
    private final org.bytedeco.pytorch.Tensor[] tensors = new org.bytedeco.pytorch.Tensor[KEPT];

    private Scalars() {
        Natives.ensureLoaded();
    }

    /** A number, to be handed to libtorch at once. */
    static Scalar of(double value) {
        Scalars own = OWN.get();
        return own.scalars[own.place(value)];
    }

    /**
     * The tensor that libtorch itself makes of a number before it multiplies by it, at half the time of the operation; it does not raise the type of what it meets. Only for operations that are not recorded: a
     * graph may forget what it is.
     */
    static org.bytedeco.pytorch.Tensor tensor(double value) {
        Scalars own = OWN.get();
        return own.tensors[own.place(value)];
    }

    private int place(double value) {
        long wanted = Double.doubleToRawLongBits(value);
        int place = (int) ((wanted * 0x9E3779B97F4A7C15L) >>> 57);
        if (scalars[place] == null || bits[place] != wanted) {
            Scalar oldScalar = scalars[place];
            org.bytedeco.pytorch.Tensor oldTensor = tensors[place];
            Scalar scalar = Natives.permanent(new Scalar(value));
            tensors[place] = Natives.permanent(wrapped(scalar));
            scalars[place] = scalar;
            bits[place] = wanted;
            if (oldScalar != null) {
                oldScalar.releaseReference();
                oldTensor.releaseReference();
            }
        }
        return place;
    }

    private static org.bytedeco.pytorch.Tensor wrapped(Scalar scalar) {
        org.bytedeco.pytorch.Tensor tensor = torch.scalar_tensor(scalar, NativeOptions.of(DType.FLOAT64));
        try (TensorImpl impl = tensor.unsafeGetTensorImpl()) {
            impl.set_wrapped_number(true);
        }
        return tensor;
    }
}
