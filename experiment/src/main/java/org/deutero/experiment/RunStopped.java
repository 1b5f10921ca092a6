package org.deutero.experiment;

/** Training ended before its time because a listener asked for it ({@link RunListener#stop}); a checkpoint is in the run's folder. */
public final class RunStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient RunFolder folder;
    private final long iteration;

    RunStopped(RunFolder folder, long iteration, long total) {
        super("stopped at iteration " + iteration + " of " + total + ", which is safe in " + folder.path());
        this.folder = folder;
        this.iteration = iteration;
    }

    /** The run, which {@link Experiment#resume} goes on with to the same bits as if it had not been stopped. */
    public RunFolder folder() {
        return folder;
    }

    /** How many iterations are done. */
    public long iteration() {
        return iteration;
    }
}
