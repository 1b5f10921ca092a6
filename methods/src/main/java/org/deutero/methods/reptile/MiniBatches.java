package org.deutero.methods.reptile;

import java.util.random.RandomGenerator;
import org.deutero.learn.Seeds;
import org.deutero.learn.StepContext;
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
                int drawn = context.original(task, tasks.size());
                int[] order = null;
                int loaded = -1;
                for (int j = 0; j < batch; j++) {
                    long position = (long) context.step() * batch + j;
                    int round = (int) (position / pool);
                    if (round != loaded) {
                        order = permutation(pool, Seeds.generator(context.task().seed(), "mini-batches", drawn, round));
                        loaded = round;
                    }
                    rows[task * batch + j] = order[(int) (position % pool)];
                }
            }
            return Tensor.of(rows, tasks.size(), batch);
        };
    }

    private static int[] permutation(int n, RandomGenerator rng) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = rng.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
