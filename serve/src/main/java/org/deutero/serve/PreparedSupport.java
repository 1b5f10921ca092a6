package org.deutero.serve;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.images.Picture;
import org.deutero.tensor.Tensor;

/**
 * Examples as a learner takes them.
 *
 * @param classes the inputs of each class
 * @param reader that made them
 */
record PreparedSupport(List<List<float[]>> classes, PictureReader reader) {
    /** A drawing read both ways. */
    private record BothWays(double darkInk, float[] dark, float[] light) {
        static BothWays of(Picture picture, Preprocessing dark, Preprocessing light) {
            return new BothWays(InkReader.darkInk(picture), dark.input(picture), light.input(picture));
        }
    }

    /**
     * Decodes and prepares all pictures. Of drawings the reader may not know yet if ink is dark or light; all of them together tell, and the reader of the result knows.
     *
     * @throws org.deutero.tasks.DataException naming the first that cannot be read
     */
    static PreparedSupport of(Support support, PictureReader reader) {
        if (reader.encoder().isPresent() || !reader.preprocessing().asksForInk()) {
            return new PreparedSupport(each(support, reader::input), reader);
        }
        Preprocessing dark = reader.preprocessing().with(Preprocessing.Ink.DARK);
        Preprocessing light = reader.preprocessing().with(Preprocessing.Ink.LIGHT);
        List<List<BothWays>> read = each(support, picture -> BothWays.of(picture, dark, light));
        double evidence = read.stream()
                .flatMap(List::stream)
                .mapToDouble(BothWays::darkInk)
                .sum();
        boolean isDark = evidence >= 0;
        List<List<float[]>> inputs = read.stream()
                .map(own -> own.stream().map(r -> isDark ? r.dark() : r.light()).toList())
                .toList();
        return new PreparedSupport(inputs, reader.with(isDark ? dark : light));
    }

    private static <T> List<List<T>> each(Support support, Function<Picture, T> what) {
        List<List<T>> classes = new ArrayList<>();
        for (String name : support.classNames()) {
            classes.add(support.pictures(name).stream()
                    .map(picture -> what.apply(picture.get()))
                    .toList());
        }
        return classes;
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
