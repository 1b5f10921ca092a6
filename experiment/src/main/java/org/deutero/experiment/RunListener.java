package org.deutero.experiment;

import java.util.List;
import org.deutero.experiment.report.ReportData;
import org.deutero.tasks.files.LoadListener;

/**
 * Is told what happens in a run, on the thread that runs it unless a method says otherwise. Nothing is done by default, so that a listener writes down
 * only what it wants to hear.
 */
public interface RunListener {
    /** Hears nothing. */
    RunListener NONE = new RunListener() {};

    /**
     * How far meta-training is.
     *
     * @param iteration iterations done
     * @param rate tasks a second
     * @param loss recent meta-loss
     * @param validation the last validation metric in words, such as {@code accuracy 95.3 %}; empty before the first
     */
    record Progress(long iteration, double rate, double loss, String validation) {}

    /** A plain line for a person who looks on. */
    default void message(String line) {}

    /** Is told how far the loading of data is, from any thread. */
    default LoadListener loading() {
        return LoadListener.NONE;
    }

    /**
     * Meta-training is about to start.
     *
     * @param iteration updates that an earlier part of the run has done; 0 for a new run
     */
    default void opened(Experiment experiment, RunFolder folder, long iteration) {}

    /** The first of the iterations up to {@code total} is about to be done. */
    default void started(long iteration, long total) {}

    /** An iteration has been done; as cheap as iterations are many. */
    default void progress(Progress now) {}

    /**
     * Asked after every iteration: whether training is to end here, with a checkpoint from which it can be resumed. Any thread may have decided so.
     */
    default boolean stop() {
        return false;
    }

    /** A figure of the run at an iteration, such as {@code train/loss}, as often as the recipe says. */
    default void figure(String name, long iteration, double value) {}

    /** Meta-training has come to its end, or to an error. */
    default void closed() {}

    /** The best state has been measured on test tasks. */
    default void evaluated(RunFolder folder, ReportData data) {}

    /** All of them, in their order. */
    static RunListener all(List<RunListener> listeners) {
        return listeners.size() == 1 ? listeners.get(0) : new Listeners(listeners);
    }
}
