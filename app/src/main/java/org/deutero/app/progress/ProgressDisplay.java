package org.deutero.app.progress;

import java.io.PrintStream;

/** Shows how far a run is. Not thread-safe: one thread reports. */
public interface ProgressDisplay extends AutoCloseable {
    /**
     * Starts the display.
     *
     * @param done iterations that an earlier part of the run has done; 0 for a new run
     * @param total iterations of the whole run
     */
    void start(long done, long total);

    /**
     * Reports progress; cheap enough to be called at every iteration.
     *
     * @param iteration iterations done
     * @param rate tasks a second
     * @param loss recent meta-loss
     * @param validation the last validation metric in words, such as {@code accuracy 95.3 %}; empty before the first
     */
    void update(long iteration, double rate, double loss, String validation);

    /** A line of its own that stays. */
    void message(String line);

    @Override
    void close();

    /** A redrawn bar if {@code out}, the process's standard error, is a terminal; else a plain line now and then. */
    static ProgressDisplay to(PrintStream out) {
        return Terminal.errorIsTerminal() ? new BarProgress(out) : new LineProgress(out, System::nanoTime);
    }

    /** Shows nothing. */
    static ProgressDisplay none() {
        return new ProgressDisplay() {
            @Override
            public void start(long done, long total) {}

            @Override
            public void update(long iteration, double rate, double loss, String validation) {}

            @Override
            public void message(String line) {}

            @Override
            public void close() {}
        };
    }
}
