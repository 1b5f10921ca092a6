package org.deutero.experiment.measure;

import org.deutero.learn.Learner;
import org.deutero.learn.Lifetime;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;

/** Use of a trained learner. */
public final class Learning {
    private Learning() {}

    /** The fast state after all steps on some tasks; it belongs to the innermost open scope. */
    public static <T extends TaskBatch<T>> Params adapt(
            Learner<T> learner, Params theta, T tasks, TaskContext context) {
        return new Lifetime<>(learner, theta, tasks, context).run(Trace.NONE).state();
    }
}
