package org.deutero.tasks.images;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.DataException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Tensor;

/**
 * Draws N-way K-shot episodes from labelled vectors, such as features that a frozen network has made of images, just as {@link EpisodeSampler} draws them from images. Inputs are float32 {@code [tasks, way * shot, width]}, class-major.
 */
public final class VectorSampler implements TaskSource<Episodes> {
    private final List<float[]> classes;
    private final int width;
    private final int way;
    private final int shot;
    private final int queries;
    private final int largest;

    /**
     * Prepares a sampler; nothing is copied.
     *
     * @param classes the vectors of each class, one after another
     * @param width numbers in a vector
     * @throws DataException if there are fewer classes than {@code way}, or a class has fewer than {@code shot + queries} vectors
     */
    public VectorSampler(List<float[]> classes, int width, int way, int shot, int queries) {
        this.classes = List.copyOf(classes);
        this.width = width;
        this.way = way;
        this.shot = shot;
        this.queries = queries;
        int smallest = classes.stream().mapToInt(c -> c.length / width).min().orElse(0);
        if (classes.size() < way || smallest < shot + queries) {
            throw new DataException("episodes of " + way + " ways with " + shot + " shots and " + queries
                    + " queries are not possible with " + classes.size() + " classes of at least " + smallest
                    + " examples");
        }
        this.largest = Math.max(
                classes.size(),
                classes.stream().mapToInt(c -> c.length / width).max().orElseThrow());
    }

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        float[] support = new float[ArraySize.of(tasks, way, shot, width)];
        float[] query = new float[ArraySize.of(tasks, way, queries, width)];
        Chooser chooser = new Chooser(largest);
        int[] chosen = new int[way];
        int[] items = new int[shot + queries];
        int s = 0;
        int q = 0;
        for (int t = 0; t < tasks; t++) {
            chooser.choose(classes.size(), rng, chosen);
            for (int c : chosen) {
                float[] vectors = classes.get(c);
                chooser.choose(vectors.length / width, rng, items);
                for (int i = 0; i < shot; i++, s += width) {
                    System.arraycopy(vectors, items[i] * width, support, s, width);
                }
                for (int i = shot; i < items.length; i++, q += width) {
                    System.arraycopy(vectors, items[i] * width, query, q, width);
                }
            }
        }
        return new Episodes(
                Tensor.of(support, tasks, (long) way * shot, width),
                labels(tasks, shot),
                Tensor.of(query, tasks, (long) way * queries, width),
                labels(tasks, queries),
                way);
    }

    private Tensor labels(int tasks, int each) {
        long[] labels = new long[ArraySize.of(tasks, way, each)];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i / each % way;
        }
        return Tensor.of(labels, tasks, (long) way * each);
    }
}
