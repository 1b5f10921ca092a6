package org.deutero.serve;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Tensor;

/**
 * Examples as a learner takes them.
 *
 * @param classes the inputs of each class
 * @param reader that made them
 */
record PreparedSupport(List<List<float[]>> classes, PictureReader reader) {
    /** Decodes and prepares all pictures. @throws org.deutero.tasks.DataException naming the first that cannot be read */
    static PreparedSupport of(Support support, PictureReader reader) {
        List<List<float[]>> classes = new ArrayList<>();
        for (String name : support.classNames()) {
            classes.add(support.pictures(name).stream()
                    .map(picture -> reader.input(picture.get()))
                    .toList());
        }
        return new PreparedSupport(classes, reader);
    }

    /** Without a class. */
    PreparedSupport without(int c) {
        List<List<float[]>> rest = new ArrayList<>(classes);
        rest.remove(c);
        return new PreparedSupport(rest, reader);
    }

    /** Without one picture of a class that has others. */
    PreparedSupport without(int c, int item) {
        List<float[]> own = new ArrayList<>(classes.get(c));
        own.remove(item);
        List<List<float[]>> rest = new ArrayList<>(classes);
        rest.set(c, own);
        return new PreparedSupport(rest, reader);
    }

    /** One task [1, n, ...], class by class; its first picture stands in for a query, which nobody asks. */
    Episodes task(int way) {
        Tensor x = inputs().unsqueeze(0);
        Tensor y = labels().unsqueeze(0);
        return new Episodes(x, y, x.slice(1, 0, 1), y.slice(1, 0, 1), way);
    }

    /** With the examples of small classes there again until all classes are of one size. */
    PreparedSupport evened() {
        int most = Collections.max(classes.stream().map(List::size).toList());
        return new PreparedSupport(
                classes.stream()
                        .map(own -> {
                            List<float[]> repeated = new ArrayList<>();
                            for (int i = 0; i < most; i++) {
                                repeated.add(own.get(i % own.size()));
                            }
                            return (List<float[]>) repeated;
                        })
                        .toList(),
                reader);
    }

    /** All inputs [n, ...], class by class. */
    Tensor inputs() {
        return tensor(classes.stream().flatMap(List::stream).toList(), reader);
    }

    /** Their classes, int64 [n]. */
    private Tensor labels() {
        long[] labels = new long[classes.stream().mapToInt(List::size).sum()];
        int at = 0;
        for (int c = 0; c < classes.size(); c++) {
            for (int i = 0; i < classes.get(c).size(); i++) {
                labels[at++] = c;
            }
        }
        return Tensor.of(labels, labels.length);
    }

    /** Inputs as one tensor [n, ...]. */
    static Tensor tensor(List<float[]> inputs, PictureReader reader) {
        int size = inputs.get(0).length;
        float[] all = new float[Math.multiplyExact(inputs.size(), size)];
        for (int i = 0; i < inputs.size(); i++) {
            System.arraycopy(inputs.get(i), 0, all, i * size, size);
        }
        return Tensor.of(all, reader.shape(inputs.size()));
    }
}
