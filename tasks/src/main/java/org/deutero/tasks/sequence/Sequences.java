package org.deutero.tasks.sequence;

import java.util.Arrays;
import java.util.Objects;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;

/**
 * Items in order, with answers that are told one after the other, each when its item has been answered.
 *
 * @param items float {@code [tasks, length, features...]}
 * @param answers int64 labels {@code [tasks, length]}, or numbers {@code [tasks, length, out]}
 * @param way the number of classes; 0 if answers are numbers
 */
public record Sequences(Tensor items, Tensor answers, int way) implements TaskBatch<Sequences> {
    /** Refuses tensors that do not belong together. */
    public Sequences {
        long[] x = items.shape();
        long[] y = answers.shape();
        if (way < 0 || way == 1) {
            throw new IllegalArgumentException("way is " + way + ", but it must be 0 (numbers) or at least 2");
        }
        if (x.length < 2 || y.length != (way > 0 ? 2 : 3) || !Arrays.equals(x, 0, 2, y, 0, 2) || x[1] < 1) {
            throw new IllegalArgumentException("items " + Arrays.toString(x) + " with answers " + Arrays.toString(y)
                    + " do not make one batch of sequences (way " + way + ")");
        }
    }

    /** The support sets of episodes, in the order in which they stand. */
    public static Sequences of(Episodes tasks) {
        return new Sequences(tasks.supportX(), tasks.supportY(), tasks.way());
    }

    /** Whether answers are class numbers. */
    public boolean classification() {
        return way > 0;
    }

    @Override
    public int size() {
        return Math.toIntExact(items.size(0));
    }

    /** Items of each task. */
    public int length() {
        return Math.toIntExact(items.size(1));
    }

    /** One item of each task, [tasks, 1, features...]. */
    public Tensor item(int position) {
        return items.slice(1, Objects.checkIndex(position, length()), position + 1);
    }

    /** The answer to it, [tasks, 1] or [tasks, 1, out]. */
    public Tensor answer(int position) {
        return answers.slice(1, Objects.checkIndex(position, length()), position + 1);
    }

    /**
     * Which appearance of its class each item is, [tasks][items] from 0: an item of number k comes after k others of its class.
     *
     * @throws IllegalStateException if answers are numbers
     */
    public int[][] instances() {
        if (!classification()) {
            throw new IllegalStateException("instances are counted by class, but these sequences are a regression");
        }
        long[] labels = answers.longs();
        int[][] instances = new int[size()][length()];
        for (int t = 0; t < instances.length; t++) {
            int[] seen = new int[way];
            for (int i = 0; i < instances[t].length; i++) {
                instances[t][i] = seen[(int) labels[t * instances[t].length + i]]++;
            }
        }
        return instances;
    }

    /** The same with items and numbers in another floating-point type; labels stay int64. */
    public Sequences to(DType dtype) {
        return new Sequences(items.to(dtype), classification() ? answers : answers.to(dtype), way);
    }

    @Override
    public Sequences slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size());
        return new Sequences(items.slice(0, from, to), answers.slice(0, from, to), way);
    }

    @Override
    public Sequences repeat(int times) {
        return new Sequences(items.tile(times), answers.tile(times), way);
    }
}
