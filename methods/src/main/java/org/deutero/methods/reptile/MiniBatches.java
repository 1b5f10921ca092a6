package org.deutero.methods.reptile;

import org.deutero.learn.StepContext;
import org.deutero.methods.EpochRows;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Tensor;

/** Which examples of its pool a task trains on in a step. */
@FunctionalInterface
public interface MiniBatches {
    /** Row indices int64 [tasks, batch] into the pool: support then query examples in meta-training, support examples otherwise. */
    Tensor rows(Episodes tasks, StepContext context);

    /**
     * Batches that run through a shuffled pool, shuffled anew when it is exhausted.
     *
     * @param training examples in a batch in meta-training
     * @param evaluation examples in a batch when the learner is used
     */
    static MiniBatches shuffled(int training, int evaluation) {
        return (tasks, context) -> {
            int pool = tasks.supportSize() + (context.training() ? tasks.querySize() : 0);
            int batch = Math.min(pool, context.training() ? training : evaluation);
            long[] rows = new long[tasks.size() * batch];
            for (int task = 0; task < tasks.size(); task++) {
                long[] own = EpochRows.of(context.task().seed(), pool, batch, context.step(), task);
                System.arraycopy(own, 0, rows, task * batch, batch);
            }
            return Tensor.of(rows, tasks.size(), batch);
        };
    }
}
