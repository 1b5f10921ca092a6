package org.deutero.learn.meta;

import org.deutero.tensor.Params;

/** How running statistics move. */
public final class RunningStatistics {
    /** Weight of the newest value, PyTorch's default. */
    private static final double MOMENTUM = 0.1;

    private RunningStatistics() {}

    /**
     * Statistics after an update.
     *
     * @param observed means over tasks of what steps observed; statistics that nobody observed stay as they are
     */
    public static Params after(Params statistics, Params observed) {
        return statistics.with(observed.zip(
                statistics.filter(observed::has),
                (now, old) -> old.mul(1 - MOMENTUM).addScaled(now, MOMENTUM)));
    }
}
