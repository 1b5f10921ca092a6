package org.deutero.learn.meta;

import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

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

    /**
     * What to observe so that a statistic is a sum rather than a running average: after the update it is what it was and the mean over tasks of the increments. All tasks must observe it.
     *
     * @param now value of the statistic
     * @param increments [tasks, ...]
     */
    public static Tensor counted(Tensor now, Tensor increments) {
        return now.unsqueeze(0).addScaled(increments, 1 / MOMENTUM);
    }
}
