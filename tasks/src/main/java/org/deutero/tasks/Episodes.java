package org.deutero.tasks;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;

/**
 * Few-shot tasks: each has a support set to learn from and a query set to be judged on.
 *
 * <p>In classification a class is only a number from 0 to {@code way - 1} that is dealt anew in every task, and items
 * stand in class-major order: all shots of class 0, then all of class 1, and so on; queries likewise.
 *
 * @param supportX inputs, float {@code [tasks, n, features...]}
 * @param supportY int64 labels {@code [tasks, n]}, or for regression float targets {@code [tasks, n, out]}
 * @param queryX inputs, float {@code [tasks, m, features...]}
 * @param queryY as {@code supportY}, with {@code m} items
 * @param way the number of classes of each task; 0 for regression
 * @param augmentation what happens to a support input every time it is shown
 * @param beside a mini-batch of ordinary classification with each task, if there is one; no part of the task
 */
public record Episodes(
        Tensor supportX,
        Tensor supportY,
        Tensor queryX,
        Tensor queryY,
        int way,
        Augmentation augmentation,
        Optional<LabelledBatch> beside)
        implements TaskBatch<Episodes> {

    /** Tasks whose inputs are shown as they are. */
    public Episodes(Tensor supportX, Tensor supportY, Tensor queryX, Tensor queryY, int way) {
        this(supportX, supportY, queryX, queryY, way, Augmentation.NONE);
    }

    /** Tasks with nothing beside them. */
    public Episodes(
            Tensor supportX, Tensor supportY, Tensor queryX, Tensor queryY, int way, Augmentation augmentation) {
        this(supportX, supportY, queryX, queryY, way, augmentation, Optional.empty());
    }

    /** Refuses tensors that do not belong together. */
    public Episodes {
        if (way < 0 || way == 1) {
            throw new IllegalArgumentException("way is " + way + ", but it must be 0 (regression) or at least 2");
        }
        long[] sx = supportX.shape();
        long[] sy = supportY.shape();
        long[] qx = queryX.shape();
        long[] qy = queryY.shape();
        boolean ranks = sx.length >= 2 && qx.length == sx.length && sy.length == (way > 0 ? 2 : 3);
        if (!ranks
                || !sameFrom(2, sx, qx)
                || !sameFrom(2, sy, qy)
                || !Arrays.equals(sx, 0, 2, sy, 0, 2)
                || !Arrays.equals(qx, 0, 2, qy, 0, 2)
                || sx[0] != qx[0]) {
            throw new IllegalArgumentException(String.format(
                    "support %s with targets %s and query %s with targets %s do not make one batch of episodes (way"
                            + " %d)",
                    Arrays.toString(sx), Arrays.toString(sy), Arrays.toString(qx), Arrays.toString(qy), way));
        }
        if (beside.isPresent() && beside.get().x().size(0) != sx[0]) {
            throw new IllegalArgumentException(
                    beside.get().x().size(0) + " mini-batches do not come with " + sx[0] + " tasks");
        }
    }

    private static boolean sameFrom(int from, long[] a, long[] b) {
        return a.length == b.length && Arrays.equals(a, from, a.length, b, from, b.length);
    }

    /** The same tasks with a mini-batch beside each. */
    public Episodes with(LabelledBatch batch) {
        return new Episodes(supportX, supportY, queryX, queryY, way, augmentation, Optional.of(batch));
    }

    /** Whether targets are class numbers rather than values. */
    public boolean classification() {
        return way > 0;
    }

    @Override
    public int size() {
        return Math.toIntExact(supportX.shape()[0]);
    }

    /** Support items of each task: {@code way * shot} in classification. */
    public int supportSize() {
        return Math.toIntExact(supportX.shape()[1]);
    }

    /** Query items of each task. */
    public int querySize() {
        return Math.toIntExact(queryX.shape()[1]);
    }

    /** The shape of one input, without tasks and items: {@code [channels, height, width]} for images, {@code [1]} for curves. */
    public long[] inputShape() {
        long[] shape = supportX.shape();
        return Arrays.copyOfRange(shape, 2, shape.length);
    }

    /**
     * The same tasks with other queries: the support items that the next step of a stream will show.
     *
     * @param step number of the step, from 0
     * @param steps in all, of equally many items each
     */
    public Episodes upcoming(int step, int steps) {
        Objects.checkIndex(step, steps);
        if (supportSize() % steps != 0) {
            throw new IllegalArgumentException(
                    steps + " steps do not have equally many of " + supportSize() + " support items");
        }
        int items = supportSize() / steps;
        int from = step * items;
        return new Episodes(
                supportX,
                supportY,
                supportX.slice(1, from, from + items),
                supportY.slice(1, from, from + items),
                way,
                augmentation);
    }

    /**
     * Which appearance of its class each support item is, [tasks][items] from 0, in the order of the support set: an item of number k comes after k others of its class.
     *
     * @throws IllegalStateException if tasks have no classes
     */
    public int[][] instances() {
        if (!classification()) {
            throw new IllegalStateException("instances are counted by class, but these tasks are a regression");
        }
        long[] labels = supportY.longs();
        int items = supportSize();
        int[][] instances = new int[size()][items];
        for (int t = 0; t < instances.length; t++) {
            int[] seen = new int[way];
            for (int i = 0; i < items; i++) {
                instances[t][i] = seen[(int) labels[t * items + i]]++;
            }
        }
        return instances;
    }

    /** The same tasks with inputs and targets in another floating-point type; labels stay int64. */
    public Episodes to(DType dtype) {
        return new Episodes(
                supportX.to(dtype),
                classification() ? supportY : supportY.to(dtype),
                queryX.to(dtype),
                classification() ? queryY : queryY.to(dtype),
                way,
                augmentation,
                beside.map(b -> b.to(dtype)));
    }

    @Override
    public Episodes slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size());
        return new Episodes(
                supportX.slice(0, from, to),
                supportY.slice(0, from, to),
                queryX.slice(0, from, to),
                queryY.slice(0, from, to),
                way,
                augmentation,
                beside.map(b -> b.slice(from, to)));
    }

    @Override
    public Episodes repeat(int times) {
        return new Episodes(
                supportX.tile(times),
                supportY.tile(times),
                queryX.tile(times),
                queryY.tile(times),
                way,
                augmentation,
                beside.map(b -> b.repeat(times)));
    }
}
