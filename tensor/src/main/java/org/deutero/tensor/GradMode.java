package org.deutero.tensor;

import java.util.function.Supplier;
import org.bytedeco.pytorch.AutoGradMode;

/**
 * Whether autograd records. The mode belongs to the thread, and its guard must be closed there; so it is only offered around a
 * piece of work, never as an object to hold.
 */
public final class GradMode {
    private GradMode() {}

    /** Runs work whose results carry no graph. */
    public static <R> R off(Supplier<R> work) {
        return with(false, work);
    }

    /** Runs work with recording on, also inside {@link #off}. */
    public static <R> R on(Supplier<R> work) {
        return with(true, work);
    }

    private static <R> R with(boolean enabled, Supplier<R> work) {
        Natives.ensureLoaded();
        try (AutoGradMode guard = new AutoGradMode(enabled)) {
            return work.get();
        }
    }
}
