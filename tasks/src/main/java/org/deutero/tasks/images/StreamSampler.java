package org.deutero.tasks.images;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.DataException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Permutations;
import org.deutero.tensor.Tensor;

/**
 * "Learn this data set from scratch" as a task: a stream of labelled images in random order, to be gone through from the front, and queries
 * that are not part of it.
 *
 * <p>Of each task: one of the sets of classes, of it at most {@code way} random classes, numbered in random order or in their own. Classes occur equally
 * often, to within one. A class's images come without repetition until they are used up, then over again in the same order; queries of one pool with
 * the stream are set aside first. Inputs are float32 {@code [tasks, n, channels, height, width]}, labels int64 {@code [tasks, n]}.
 *
 * <p>Drawing a + b tasks gives the same tasks as drawing a and then b from the same generator.
 */
public final class StreamSampler implements TaskSource<Episodes> {
    private final LabelledImages stream;
    private final LabelledImages judged;
    private final int[][] sets;
    private final Form form;
    private final Standard standard;
    private final int largest;

    /**
     * The form of a task.
     *
     * @param way outputs: the most classes of a task
     * @param shuffled whether classes are numbered in random order
     * @param support images to learn from, in order
     * @param queries images to be judged on
     */
    public record Form(int way, boolean shuffled, int support, int queries) {
        /** Refuses empty tasks. */
        public Form {
            if (way < 2 || support < 1 || queries < 1) {
                throw new IllegalArgumentException("a stream of " + way + " ways, " + support + " images and " + queries
                        + " queries is not possible: it needs at least 2 ways, 1 image and 1 query");
            }
        }

        /** The most queries of one class. */
        int queriesOfAClass(int classes) {
            return (queries + classes - 1) / classes;
        }

        int streamOfAClass(int classes) {
            return (support + classes - 1) / classes;
        }
    }

    /**
     * Prepares a sampler; nothing is copied.
     *
     * @param stream where support images come from
     * @param judged where queries come from, with the same classes; may be the same data, and then no image is in both
     * @param sets of classes, from one of which a task takes its own
     * @param standardized whether pixels are shifted and scaled to mean 0 and deviation 1 over the classes' images in {@code stream}
     * @throws DataException if a class has too few images
     */
    public StreamSampler(
            LabelledImages stream, LabelledImages judged, List<List<Integer>> sets, Form form, boolean standardized) {
        this.stream = stream;
        this.judged = judged;
        this.sets = sets.stream()
                .map(set -> set.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        this.form = form;
        int most = 0;
        for (int[] set : this.sets) {
            most = Math.max(most, check(set));
        }
        this.largest = most;
        this.standard = standardized ? Standard.of(stream, this.sets) : Standard.NONE;
    }

    /** The largest number that is drawn from. */
    private int check(int[] set) {
        if (set.length < 2) {
            throw new DataException("a stream of " + stream.name() + " needs at least 2 classes, not " + set.length);
        }
        int queries = form.queriesOfAClass(Math.min(form.way, set.length));
        boolean onePool = stream == judged;
        int most = set.length;
        for (int c : set) {
            for (LabelledImages pool : List.of(stream, judged)) {
                if (c < 0 || c >= pool.classes()) {
                    throw new DataException("there is no class " + c + " in " + pool.name() + ", which has "
                            + pool.classes() + " classes (0 to " + (pool.classes() - 1) + ")");
                }
                most = Math.max(most, pool.count(c));
            }
            int needed = queries + (onePool ? 1 : 0);
            if (judged.count(c) < needed) {
                throw new DataException("class '" + judged.className(c) + "' of " + judged.name() + " has "
                        + judged.count(c) + " images, but streams with " + form.queries + " queries need at least "
                        + needed + " of each class");
            }
        }
        return most;
    }

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        if (tasks < 1) {
            throw new IllegalArgumentException("asked for " + tasks + " tasks, but a batch has at least 1");
        }
        int size = stream.imageSize();
        Batch support = new Batch(tasks, form.support, size);
        Batch query = new Batch(tasks, form.queries, size);
        Chooser chooser = new Chooser(largest);
        for (int t = 0; t < tasks; t++) {
            int[] set = sets[rng.nextInt(sets.length)];
            int[] places = new int[Math.min(form.way, set.length)];
            chooser.choose(set.length, rng, places);
            if (!form.shuffled) {
                Arrays.sort(places);
            }
            int[] classes = Arrays.stream(places).map(place -> set[place]).toArray();
            int[] queryLabels = labels(form.queries, classes.length, rng);
            int[] supportLabels = labels(form.support, classes.length, rng);
            int[][] queryItems = new int[classes.length][];
            int[][] supportItems = new int[classes.length][];
            for (int i = 0; i < classes.length; i++) {
                items(classes[i], classes.length, chooser, rng, i, queryItems, supportItems);
            }
            query.fill(t, judged, classes, queryLabels, queryItems, standard);
            support.fill(t, stream, classes, supportLabels, supportItems, standard);
        }
        return new Episodes(support.inputs(stream), support.targets(), query.inputs(stream), query.targets(), form.way);
    }

    private void items(
            int c, int classes, Chooser chooser, RandomGenerator rng, int i, int[][] queryItems, int[][] supportItems) {
        int queries = form.queriesOfAClass(classes);
        if (stream == judged) {
            int rest = stream.count(c) - queries;
            int[] all = new int[queries + Math.min(rest, form.streamOfAClass(classes))];
            chooser.choose(stream.count(c), rng, all);
            queryItems[i] = Arrays.copyOfRange(all, 0, queries);
            supportItems[i] = Arrays.copyOfRange(all, queries, all.length);
        } else {
            queryItems[i] = new int[queries];
            chooser.choose(judged.count(c), rng, queryItems[i]);
            supportItems[i] = new int[Math.min(stream.count(c), form.streamOfAClass(classes))];
            chooser.choose(stream.count(c), rng, supportItems[i]);
        }
    }

    /** Labels that occur equally often, to within one, in random order; which occur once more is random too. */
    private static int[] labels(int n, int classes, RandomGenerator rng) {
        int first = rng.nextInt(classes);
        int[] labels = Permutations.draw(rng, n);
        for (int i = 0; i < n; i++) {
            labels[i] = (first + labels[i]) % classes;
        }
        return labels;
    }

    /** Images of all tasks with their labels. */
    private static final class Batch {
        private final int tasks;
        private final int number;
        private final int size;
        private final float[] x;
        private final long[] y;

        Batch(int tasks, int number, int size) {
            this.tasks = tasks;
            this.number = number;
            this.size = size;
            long length = (long) tasks * number * size;
            if (length > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException("a batch of " + tasks + " streams of " + number + " images of "
                        + size + " values each is too large for one array; draw fewer tasks at a time");
            }
            this.x = new float[(int) length];
            this.y = new long[ArraySize.of(tasks, number)];
        }

        void fill(int task, LabelledImages pool, int[] classes, int[] labels, int[][] items, Standard standard) {
            int[] next = new int[classes.length];
            for (int i = 0; i < number; i++) {
                int label = labels[i];
                int item = items[label][next[label]++ % items[label].length];
                int at = task * number + i;
                y[at] = label;
                pool.copyTo(classes[label], item, x, at * size);
                standard.apply(x, at * size, size);
            }
        }

        Tensor inputs(LabelledImages form) {
            return Tensor.of(x, tasks, number, form.channels(), form.height(), form.width());
        }

        Tensor targets() {
            return Tensor.of(y, tasks, number);
        }
    }

    @Override
    public String toString() {
        return "streams of " + form.support + " images of " + stream.name() + " (" + form.way + "-way, " + form.queries
                + " queries of " + judged.name() + ")";
    }
}
