package org.deutero.tasks.images;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Augmentation;
import org.deutero.tasks.DataException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Tensor;

/**
 * Tasks each of which is about the classes of one group, such as the letters of one alphabet: many examples of each class, shown over and over in mini-batches.
 *
 * <p>A task that is drawn belongs to one group. If tasks are fixed, it is always the same one: the first classes of the group in their order, the first examples of each class to learn from and the next to
 * be judged on; otherwise classes, their order and examples are drawn anew. Queries are augmented once, when a task is drawn; support examples every time they are shown, by whoever shows them.
 *
 * <p>Drawing a + b tasks gives the same tasks as drawing a and then b from the same generator.
 */
public final class GroupedEpisodes implements TaskSource<Episodes> {
    private final LabelledImages data;
    private final List<List<Integer>> groups;
    private final Form form;
    private final int largest;

    /**
     * The form of a task.
     *
     * @param way classes
     * @param shot support examples of each class
     * @param queries query examples of each class
     * @param fixed whether a group is always the same task
     * @param augmentation what happens to pictures [n, channels, height, width] that are shown
     */
    public record Form(int way, int shot, int queries, boolean fixed, Augmentation augmentation) {}

    /**
     * Prepares a source; nothing is copied.
     *
     * @param groups of classes
     * @throws DataException if there are no groups, or a group or a class is too small
     */
    public GroupedEpisodes(LabelledImages data, List<List<Integer>> groups, Form form) {
        this.data = data;
        this.groups = groups.stream().map(List::copyOf).toList();
        this.form = form;
        if (groups.isEmpty()) {
            throw new DataException("tasks of " + data.name() + " need at least one group of classes");
        }
        int most = 0;
        for (List<Integer> group : groups) {
            if (group.size() < form.way) {
                throw new DataException(
                        "a task of " + form.way + " ways needs as many classes, but the group of class '"
                                + data.className(group.get(0)) + "' of " + data.name() + " has " + group.size());
            }
            most = Math.max(most, group.size());
            for (int c : group) {
                if (data.count(c) < form.shot + form.queries) {
                    throw new DataException("class '" + data.className(c) + "' of " + data.name() + " has "
                            + data.count(c) + " images, but tasks of " + form.shot + " shots and " + form.queries
                            + " queries need at least " + (form.shot + form.queries));
                }
                most = Math.max(most, data.count(c));
            }
        }
        this.largest = most;
    }

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        if (tasks < 1) {
            throw new IllegalArgumentException("asked for " + tasks + " tasks, but a batch has at least 1");
        }
        int size = data.imageSize();
        float[] support = new float[ArraySize.of(tasks, form.way, form.shot, size)];
        float[] query = new float[ArraySize.of(tasks, form.way, form.queries, size)];
        Chooser chooser = new Chooser(largest);
        int s = 0;
        for (int t = 0; t < tasks; t++) {
            List<Integer> group = groups.get(rng.nextInt(groups.size()));
            int q = 0;
            float[] own = new float[ArraySize.of(form.way, form.queries, size)];
            for (int place : chosen(chooser, group.size(), form.way, rng)) {
                int c = group.get(place);
                int[] items = chosen(chooser, data.count(c), form.shot + form.queries, rng);
                for (int i = 0; i < form.shot; i++, s += size) {
                    data.copyTo(c, items[i], support, s);
                }
                for (int i = form.shot; i < items.length; i++, q += size) {
                    data.copyTo(c, items[i], own, q);
                }
            }
            float[] altered = form.augmentation
                    .apply(
                            Tensor.of(
                                    own, (long) form.way * form.queries, data.channels(), data.height(), data.width()),
                            rng)
                    .floats();
            System.arraycopy(altered, 0, query, t * own.length, own.length);
        }
        return new Episodes(
                inputs(support, tasks, form.shot),
                labels(tasks, form.shot),
                inputs(query, tasks, form.queries),
                labels(tasks, form.queries),
                form.way,
                form.augmentation);
    }

    private int[] chosen(Chooser chooser, int n, int k, RandomGenerator rng) {
        if (form.fixed) {
            return IntStream.range(0, k).toArray();
        }
        int[] chosen = new int[k];
        chooser.choose(n, rng, chosen);
        return chosen;
    }

    private Tensor inputs(float[] values, int tasks, int perClass) {
        return Tensor.of(values, tasks, (long) form.way * perClass, data.channels(), data.height(), data.width());
    }

    private Tensor labels(int tasks, int perClass) {
        long[] labels = new long[ArraySize.of(tasks, form.way, perClass)];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i / perClass % form.way;
        }
        return Tensor.of(labels, tasks, (long) form.way * perClass);
    }

    @Override
    public String toString() {
        return form.way + "-way tasks of " + groups.size() + " groups of " + data.name() + " (" + form.shot + " shots, "
                + form.queries + " queries a class)";
    }
}
