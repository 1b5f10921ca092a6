package org.deutero.experiment;

import java.util.List;
import org.deutero.learn.shards.Job;
import org.deutero.learn.shards.Portable;

/**
 * Other machines, or processes, that do the items of an experiment's jobs. They build the experiment again from its recipe and are told an errand, a state and numbers of items ({@link Site}); checkpoints, validation,
 * listeners and updates stay here, so that the same bytes come out as on threads of this machine.
 */
public interface Place extends AutoCloseable {
    /**
     * Does all items of a job.
     *
     * @param errand names the job
     * @param job that is done
     * @param portable of the job
     * @return in the order of items; all have ended
     */
    <R> List<R> run(Errand errand, Job<R> job, Portable<R> portable);

    /** Lets go of whoever worked. */
    @Override
    void close();
}
