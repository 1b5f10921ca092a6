package org.deutero.experiment.gradcheck;

import java.util.OptionalLong;
import java.util.stream.DoubleStream;
import org.deutero.tensor.NativeMemory;

/**
 * What a piece of work takes.
 *
 * @param seconds median of a few runs
 * @param peakBytes peak native memory of a run; empty where the system does not tell
 */
public record Cost(double seconds, OptionalLong peakBytes) {
    private static final int RUNS = 3;
    private static final double LONG = 20;

    /**
     * Measures work that has been done once, so that classes are loaded and memory is at hand as in the midst of training.
     *
     * @param firstSeconds what the first run took; long work is timed once more only
     */
    static Cost afterWarmUp(Runnable work, double firstSeconds) {
        double[] times = DoubleStream.generate(() -> seconds(work))
                .limit(firstSeconds > LONG ? 1 : RUNS)
                .sorted()
                .toArray();
        var memory = NativeMemory.measure(() -> {
            work.run();
            return true;
        });
        return new Cost(times[times.length / 2], memory.peakBytes());
    }

    /** Wall time of a run. */
    static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }
}
