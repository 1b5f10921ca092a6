package org.deutero.tasks.sequence;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;

/**
 * Items in order, with answers that are told one after the other, each when its item has been answered. There may be questions besides: items to be answered each as if it came next, whose answers are never told.
 *
 * @param items float {@code [tasks, length, features...]}
 * @param answers int64 labels {@code [tasks, length]}, or numbers {@code [tasks, length, out]}
 * @param questions to be asked at any moment; empty if only the items are to be answered
 * @param way the number of classes; 0 if answers are numbers
 */
public record Sequences(Tensor items, Tensor answers, Optional<Questions> questions, int way)
        implements TaskBatch<Sequences> {
    /**
     * What is asked, and never told.
     *
     * @param items {@code [tasks, m, features...]}
     * @param answers as those of a sequence, {@code [tasks, m]} or {@code [tasks, m, out]}
     */
    public record Questions(Tensor items, Tensor answers) {
        private Questions map(UnaryOperator<Tensor> change) {
            return new Questions(change.apply(items), change.apply(answers));
        }
    }

    /** Refuses tensors that do not belong together. */
    public Sequences {
        long[] x = items.shape();
        long[] y = answers.shape();
        if (way < 0 || way == 1) {
            throw new IllegalArgumentException("way is " + way + ", but it must be 0 (numbers) or at least 2");
        }
        if (!belong(x, y, way)) {
            throw new IllegalArgumentException("items " + Arrays.toString(x) + " with answers " + Arrays.toString(y)
                    + " do not make one batch of sequences (way " + way + ")");
        }
        questions.ifPresent(asked -> {
            long[] qx = asked.items.shape();
            long[] qy = asked.answers.shape();
            if (!belong(qx, qy, way) || qx[0] != x[0] || !sameFrom(2, qx, x) || !sameFrom(2, qy, y)) {
                throw new IllegalArgumentException("questions " + Arrays.toString(qx) + " with answers "
                        + Arrays.toString(qy) + " do not belong to items " + Arrays.toString(x) + " with answers "
                        + Arrays.toString(y));
            }
        });
    }

    /** Sequences without questions. */
    public Sequences(Tensor items, Tensor answers, int way) {
        this(items, answers, Optional.empty(), way);
    }

    private static boolean belong(long[] x, long[] y, int way) {
        return x.length >= 2 && y.length == (way > 0 ? 2 : 3) && Arrays.equals(x, 0, 2, y, 0, 2) && x[1] >= 1;
    }

    private static boolean sameFrom(int from, long[] a, long[] b) {
        return a.length == b.length && Arrays.equals(a, from, a.length, b, from, b.length);
    }

    /** Episodes, whose support sets are told in the order in which they stand, and whose queries are the questions. */
    public static Sequences of(Episodes tasks) {
        return new Sequences(tasks.supportX(), tasks.supportY(), tasks.way()).asking(tasks.queryX(), tasks.queryY());
    }

    /** What {@link #of} makes these sequences of. @throws IllegalStateException if they have no questions */
    public Episodes episodes() {
        Questions asked = questions.orElseThrow(
                () -> new IllegalStateException("these sequences have no questions, which episodes need"));
        return new Episodes(items, answers, asked.items, asked.answers, way);
    }

    /** The same sequences with these questions. */
    public Sequences asking(Tensor asked, Tensor expected) {
        return new Sequences(items, answers, Optional.of(new Questions(asked, expected)), way);
    }

    /** The same sequences without questions. */
    public Sequences withoutQuestions() {
        return new Sequences(items, answers, way);
    }

    /**
     * The same sequences, asked for what the next step will show.
     *
     * @param step number of the step, from 0
     * @param steps in all, of equally many items each
     */
    public Sequences upcoming(int step, int steps) {
        Objects.checkIndex(step, steps);
        if (length() % steps != 0) {
            throw new IllegalArgumentException(steps + " steps do not have equally many of " + length() + " items");
        }
        int shown = length() / steps;
        int from = step * shown;
        return asking(items.slice(1, from, from + shown), answers.slice(1, from, from + shown));
    }

    /** What a learner that has been told so many answers is asked: the questions, or the coming item if there are none. @throws IndexOutOfBoundsException if there are no questions and no more items */
    public Tensor asked(int told) {
        return questions.map(Questions::items).orElseGet(() -> item(told));
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
        return map(t -> t.dtype() == DType.INT64 ? t : t.to(dtype));
    }

    @Override
    public Sequences slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size());
        return map(t -> t.slice(0, from, to));
    }

    @Override
    public Sequences repeat(int times) {
        return map(t -> t.tile(times));
    }

    private Sequences map(UnaryOperator<Tensor> change) {
        return new Sequences(
                change.apply(items), change.apply(answers), questions.map(asked -> asked.map(change)), way);
    }
}
