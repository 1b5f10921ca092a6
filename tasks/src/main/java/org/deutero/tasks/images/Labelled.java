package org.deutero.tasks.images;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.deutero.tasks.ArraySize;
import org.deutero.tensor.Tensor;

/**
 * Pictures of a set with a label each, which need not be that of the class that they lie in.
 *
 * @param images where they are
 * @param classes the class of each in the set
 * @param items the number of each within its class
 * @param labels the label of each
 */
@SuppressWarnings("ArrayRecordComponent") // identity is enough: they are never compared
public record Labelled(LabelledImages images, int[] classes, int[] items, int[] labels) {
    /** Refuses arrays of different lengths. */
    public Labelled {
        if (classes.length != items.length || items.length != labels.length) {
            throw new IllegalArgumentException("every picture has a class, a number and a label");
        }
    }

    /** Pictures with the labels of their classes. */
    public static Labelled of(LabelledImages images, int[] classes, int[] items) {
        return new Labelled(images, classes, items, classes.clone());
    }

    /** All pictures of a set, class by class. */
    public static Labelled all(LabelledImages images) {
        int[] classes = new int[images.total()];
        int[] items = new int[classes.length];
        int at = 0;
        for (int c = 0; c < images.classes(); c++) {
            for (int i = 0; i < images.count(c); i++) {
                classes[at] = c;
                items[at++] = i;
            }
        }
        return of(images, classes, items);
    }

    /** The same pictures with other labels. */
    public Labelled with(int[] others) {
        return new Labelled(images, classes, items, others);
    }

    /** Some of them, in the order given. */
    public Labelled some(int[] which) {
        return new Labelled(images, pick(classes, which), pick(items, which), pick(labels, which));
    }

    private static int[] pick(int[] from, int[] which) {
        return Arrays.stream(which).map(i -> from[i]).toArray();
    }

    /** How many there are. */
    public int size() {
        return labels.length;
    }

    /** The share of labels that are not those of their classes. */
    public double wrong() {
        int wrong = 0;
        for (int i = 0; i < labels.length; i++) {
            wrong += labels[i] == classes[i] ? 0 : 1;
        }
        return labels.length == 0 ? 0 : wrong / (double) labels.length;
    }

    /** Writes the pixels of one as floats in [0, 1]. */
    void copyTo(int i, float[] out, int offset) {
        images.copyTo(classes[i], items[i], out, offset);
    }

    /** Inputs of {@code [from, to)}, float32 [to - from, channels, height, width], (pixel - mean) / deviation. */
    public Tensor inputs(int from, int to, float mean, float deviation) {
        Objects.checkFromToIndex(from, to, size());
        int pixels = images.imageSize();
        float[] x = new float[ArraySize.of(to - from, pixels)];
        for (int i = from; i < to; i++) {
            copyTo(i, x, (i - from) * pixels);
        }
        new Standard(mean, deviation).apply(x, 0, x.length);
        return Tensor.of(x, to - from, images.channels(), images.height(), images.width());
    }

    /** Labels of {@code [from, to)}, int64 [to - from]. */
    public Tensor targets(int from, int to) {
        return Tensor.of(Arrays.stream(labels, from, to).mapToLong(i -> i).toArray(), to - from);
    }

    /** The names that labels stand for. */
    public List<String> names() {
        return images.classNames();
    }
}
