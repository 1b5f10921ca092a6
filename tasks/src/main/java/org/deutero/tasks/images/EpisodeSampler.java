package org.deutero.tasks.images;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.DataException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Tensor;

/**
 * Draws N-way K-shot episodes from labelled images.
 *
 * <p>Of each task: {@code way} different classes in random order, which is the order of the labels, so a class has
 * another label every time (unless another {@link Regime} is asked for); of each class the first {@code shot + queries} of a random permutation of its images, so
 * support and query never share one. Inputs are float32 {@code [tasks, way * shot, channels, height, width]} in [0, 1],
 * labels int64 {@code [tasks, way * shot]}, both class-major; queries likewise with {@code queries} for {@code shot}.
 *
 * <p>Drawing a + b tasks gives the same tasks as drawing a and then b from the same generator.
 */
public final class EpisodeSampler implements TaskSource<Episodes> {

    private final LabelledImages data;
    private final int[] classes;
    private final int way;
    private final int shot;
    private final int queries;
    private final Rotation rotation;
    private final Regime regime;
    private final int[][] maps = new int[4][];
    private final int largest;

    /**
     * Prepares a sampler of any classes in any order; nothing is copied. Arguments are those of the other constructor.
     */
    public EpisodeSampler(
            LabelledImages data, List<Integer> classes, int way, int shot, int queries, Rotation rotation) {
        this(data, classes, way, shot, queries, rotation, Regime.INTER_SHUFFLE);
    }

    /**
     * Prepares a sampler; nothing is copied.
     *
     * @param classes the classes to draw from, such as one part of a {@link org.deutero.tasks.ClassSplit}
     * @param way classes in each task, at least 2
     * @param shot support images of each class, at least 1
     * @param queries query images of each class, at least 1
     * @param rotation of classes
     * @param regime which classes can meet in a task
     * @throws DataException if there are fewer classes than {@code way}, a class has fewer than {@code shot + queries}
     *     images, or images to be rotated are not square
     */
    public EpisodeSampler(
            LabelledImages data,
            List<Integer> classes,
            int way,
            int shot,
            int queries,
            Rotation rotation,
            Regime regime) {
        if (way < 2 || shot < 1 || queries < 1) {
            throw new IllegalArgumentException("an episode of " + way + " ways, " + shot + " shots and " + queries
                    + " queries is not possible: it needs at least 2 ways, 1 shot and 1 query");
        }
        this.data = data;
        this.classes = classes.stream().mapToInt(Integer::intValue).toArray();
        this.way = way;
        this.shot = shot;
        this.queries = queries;
        this.rotation = rotation;
        this.regime = regime;
        check();
        int most = choices();
        for (int c : this.classes) {
            most = Math.max(most, data.count(c));
        }
        this.largest = most;
        for (int turns = 1; turns < 4 && rotation != Rotation.NONE; turns++) {
            maps[turns] = Picture.rotationMap(data.height(), data.width(), turns);
        }
    }

    private void check() {
        if (rotation != Rotation.NONE && data.height() != data.width()) {
            throw new DataException(data.name() + " has images of " + data.height() + "x" + data.width()
                    + " pixels, but only square images can be rotated by quarter turns");
        }
        boolean[] seen = new boolean[data.classes()];
        for (int c : classes) {
            if (c < 0 || c >= data.classes()) {
                throw new DataException("there is no class " + c + " in " + data.name() + ", which has "
                        + data.classes() + " classes (0 to " + (data.classes() - 1) + ")");
            }
            if (seen[c]) {
                throw new DataException("class '" + data.className(c) + "' of " + data.name()
                        + " is listed twice, so that one episode could hold it as two classes");
            }
            seen[c] = true;
            if (data.count(c) < shot + queries) {
                throw new DataException("class '" + data.className(c) + "' of " + data.name() + " has "
                        + data.count(c) + " images, but episodes of " + shot + " shots and " + queries
                        + " queries need at least " + (shot + queries));
            }
        }
        if (choices() < way) {
            throw new DataException("episodes of " + way + " ways need at least " + way + " classes, but only "
                    + choices() + " of " + data.name() + " were given");
        }
    }

    /** Classes to choose from, rotations counted. */
    public int choices() {
        return rotation == Rotation.CLASSES ? Math.multiplyExact(4, classes.length) : classes.length;
    }

    /** Images that the smallest class has: shots and queries of a class together cannot be more. */
    public int smallestClass() {
        return Arrays.stream(classes).map(data::count).min().orElseThrow();
    }

    /** Support images of each class. */
    public int shot() {
        return shot;
    }

    /** Queries of each class. */
    public int queries() {
        return queries;
    }

    /** Episodes of another form from the same images and classes. @throws DataException if they are too few */
    public EpisodeSampler of(int otherWay, int otherShot, int otherQueries) {
        List<Integer> same = Arrays.stream(classes).boxed().toList();
        return new EpisodeSampler(data, same, otherWay, otherShot, otherQueries, rotation, regime);
    }

    /**
     * Episodes whose classes are known by name.
     *
     * @param episodes the tasks
     * @param classes of each task the names of its classes in the order of the labels; a class that is turned says so
     */
    public record Named(Episodes episodes, List<List<String>> classes) {
        /** Copies the list. */
        public Named {
            classes = List.copyOf(classes);
        }
    }

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        return draw(tasks, rng, chosen -> {});
    }

    /** The tasks that {@link #sample} gives, with the names of their classes. */
    public Named sampleNamed(int tasks, RandomGenerator rng) {
        List<List<String>> names = new ArrayList<>();
        Episodes episodes = draw(
                tasks,
                rng,
                chosen -> names.add(Arrays.stream(chosen).mapToObj(this::name).toList()));
        return new Named(episodes, names);
    }

    private String name(int choice) {
        if (rotation != Rotation.CLASSES) {
            return data.className(classes[choice]);
        }
        String name = data.className(classes[choice / 4]);
        return choice % 4 == 0 ? name : name + " turned by " + 90 * (choice % 4) + "\u00b0";
    }

    private Episodes draw(int tasks, RandomGenerator rng, Consumer<int[]> told) {
        if (tasks < 1) {
            throw new IllegalArgumentException("asked for " + tasks + " tasks, but a batch has at least 1");
        }
        int size = data.imageSize();
        float[] support = new float[length(tasks, shot, size)];
        float[] query = new float[length(tasks, queries, size)];
        Chooser chooser = new Chooser(largest);
        int[] chosen = new int[way];
        int[] items = new int[shot + queries];
        int s = 0;
        int q = 0;
        for (int t = 0; t < tasks; t++) {
            regime.choose(chooser, choices(), rng, chosen);
            told.accept(chosen);
            for (int choice : chosen) {
                boolean turned = rotation == Rotation.CLASSES;
                int c = classes[turned ? choice / 4 : choice];
                int turns = turned ? choice % 4 : rotation == Rotation.RANDOM ? rng.nextInt(4) : 0;
                chooser.choose(data.count(c), rng, items);
                for (int i = 0; i < shot; i++, s += size) {
                    data.copyTo(c, items[i], maps[turns], support, s);
                }
                for (int i = shot; i < items.length; i++, q += size) {
                    data.copyTo(c, items[i], maps[turns], query, q);
                }
            }
        }
        return new Episodes(
                inputs(support, tasks), labels(tasks, shot), inputs(query, tasks), labels(tasks, queries), way);
    }

    private int length(int tasks, int perClass, int size) {
        long length = (long) tasks * way * perClass * size;
        if (length > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a batch of " + tasks + " tasks of " + way + " ways with " + perClass
                    + " images of " + size + " values each is too large for one array; draw fewer tasks at a time");
        }
        return (int) length;
    }

    private Tensor inputs(float[] values, int tasks) {
        return Tensor.of(
                values, tasks, values.length / tasks / data.imageSize(), data.channels(), data.height(), data.width());
    }

    private Tensor labels(int tasks, int perClass) {
        long[] labels = new long[ArraySize.of(tasks, way, perClass)];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i / perClass % way;
        }
        return Tensor.of(labels, tasks, (long) way * perClass);
    }

    @Override
    public String toString() {
        return way + "-way " + shot + "-shot episodes of " + data.name() + " (" + choices() + " classes, " + queries
                + " queries a class, rotation " + rotation + ")";
    }
}
