package org.deutero.methods.reptile;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.deutero.learn.StepContext;
import org.deutero.methods.EpochRows;
import org.deutero.tasks.Augmentation;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

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
                long[] own = EpochRows.of(
                        context.task().seed(), pool, batch, context.step(), context.original(task, tasks.size()));
                System.arraycopy(own, 0, rows, task * batch, batch);
            }
            return Tensor.of(rows, tasks.size(), batch);
        };
    }

    /**
     * Batches of support examples only, that run through them in shuffled order, shuffled anew when they are exhausted.
     *
     * @param batch examples in a batch; 0 for all
     */
    static MiniBatches ofSupport(int batch) {
        return (tasks, context) -> {
            int pool = tasks.supportSize();
            int size = batch == 0 ? pool : Math.min(pool, batch);
            long[] rows = new long[tasks.size() * size];
            for (int task = 0; task < tasks.size(); task++) {
                long[] own = size == pool
                        ? LongStream.range(0, pool).toArray()
                        : EpochRows.of(
                                context.task().seed(),
                                pool,
                                size,
                                context.step(),
                                context.original(task, tasks.size()));
                System.arraycopy(own, 0, rows, task * size, size);
            }
            return Tensor.of(rows, tasks.size(), size);
        };
    }

    /** Row indices [tasks, batch] of x [tasks, n, ...], as [tasks, batch, ...]. */
    static Tensor pick(Tensor x, Tensor rows) {
        int tasks = (int) x.size(0);
        long[] shape = x.shape();
        Tensor offsets = Tensors.range(tasks).unsqueeze(1);
        Tensor flat = rows.add(offsets.mul((double) shape[1]).to(DType.INT64)).reshape(-1);
        long[] merged = new long[shape.length - 1];
        merged[0] = -1;
        System.arraycopy(shape, 2, merged, 1, shape.length - 2);
        long[] split = shape.clone();
        split[1] = rows.size(1);
        return x.reshape(merged).indexSelect(0, flat).reshape(split);
    }

    /** Inputs x [tasks, batch, ...] as they are shown in a step: augmented, if the tasks say so, by chance of each task's own. */
    static Tensor shown(Episodes tasks, Tensor x, StepContext context) {
        if (tasks.augmentation() == Augmentation.NONE) {
            return x;
        }
        int distinct = tasks.size() / context.task().copies();
        RandomGenerator chance = context.random();
        List<Tensor> shown = new ArrayList<>();
        long[] seeds = chance.longs(distinct).toArray();
        for (int task = 0; task < tasks.size(); task++) {
            long own = seeds[context.original(task, tasks.size())];
            shown.add(tasks.augmentation().apply(x.select(0, task), new SplittableRandom(own)));
        }
        return Tensors.stack(shown, 0);
    }
}
