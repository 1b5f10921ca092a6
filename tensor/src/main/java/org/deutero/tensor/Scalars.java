package org.deutero.tensor;

import org.bytedeco.pytorch.Scalar;

/**
 * Numbers as libtorch wants them. Making one and freeing it takes longer than adding a thousand elements, and the same few come again and again, so every thread keeps those it used last.
 *
 * <p>A number is good until the thread asks for another one: libtorch copies what it needs for later.
 */
final class Scalars {
    private static final int KEPT = 128;
    private static final ThreadLocal<Scalars> OWN = ThreadLocal.withInitial(Scalars::new);

    private final long[] bits = new long[KEPT];
    private final Scalar[] scalars = new Scalar[KEPT];

    private Scalars() {
        Natives.ensureLoaded();
    }

    /** A number, to be handed to libtorch at once. */
    static Scalar of(double value) {
        return OWN.get().get(Double.doubleToRawLongBits(value));
    }

    private Scalar get(long wanted) {
        int place = (int) ((wanted * 0x9E3779B97F4A7C15L) >>> 57);
        Scalar kept = scalars[place];
        if (kept != null && bits[place] == wanted) {
            return kept;
        }
        Scalar fresh = Natives.permanent(new Scalar(Double.longBitsToDouble(wanted)));
        scalars[place] = fresh;
        bits[place] = wanted;
        if (kept != null) {
            kept.releaseReference();
        }
        return fresh;
    }
}
