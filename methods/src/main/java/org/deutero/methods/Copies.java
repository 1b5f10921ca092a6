package org.deutero.methods;

import java.util.Arrays;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** The state of lifetimes that are lived in several copies, which a cell takes as so many lives. */
public final class Copies {
    private Copies() {}

    /** One life after the other: [lifetimes, copies, ...] as [lifetimes * copies, ...]. */
    public static Params together(Params state) {
        return state.map(t -> {
            long[] shape = Arrays.copyOfRange(t.shape(), 1, t.rank());
            shape[0] = t.size(0) * t.size(1);
            return t.reshape(shape);
        });
    }

    /** [lifetimes * copies, ...] as [lifetimes, copies, ...]. */
    public static Params apart(Params state, int copies) {
        return state.map(t -> apart(t, copies));
    }

    /** The same of one tensor. */
    public static Tensor apart(Tensor lives, int copies) {
        long[] shape = new long[lives.rank() + 1];
        System.arraycopy(lives.shape(), 0, shape, 1, lives.rank());
        shape[0] = lives.size(0) / copies;
        shape[1] = copies;
        return lives.reshape(shape);
    }
}
