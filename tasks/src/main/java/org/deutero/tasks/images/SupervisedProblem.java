package org.deutero.tasks.images;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.DataException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * One ordinary supervised problem as a task: the same in every draw. What is learned about it, such as strengths of weight decay, are its hyper-parameters.
 *
 * <p>Inputs are float32 [tasks, n, channels, height, width], labels the numbers of the classes.
 *
 * @param support examples to learn from
 * @param query examples to be judged on
 */
public record SupervisedProblem(Part support, Part query) implements TaskSource<Episodes> {
    /** Refuses parts of different form. */
    public SupervisedProblem {
        if (support.classes() != query.classes() || support.pixelsEach() != query.pixelsEach()) {
            throw new IllegalArgumentException("examples to learn from and to be judged on differ in form");
        }
    }

    /**
     * Examples.
     *
     * @param images values of all of them
     * @param labels one each
     * @param shape [channels, height, width] of each
     * @param classes number of classes
     */
    @SuppressWarnings("ArrayRecordComponent") // identity is enough: parts are never compared
    public record Part(float[] images, long[] labels, List<Integer> shape, int classes) {
        private int pixelsEach() {
            return shape.stream().reduce(1, Math::multiplyExact);
        }

        private Tensor inputs(int tasks) {
            return Tensor.of(images, 1, labels.length, shape.get(0), shape.get(1), shape.get(2))
                    .expand(tasks, -1, -1, -1, -1);
        }

        private Tensor targets(int tasks) {
            return Tensor.of(labels, 1, labels.length).expand(tasks, -1);
        }

        /** The same examples, turned counter-clockwise by so many degrees about their centres; bilinear between pixels, zero outside. */
        public Part rotated(double degrees) {
            try (Scope s = Scope.open()) {
                Tensor x = inputs(1).squeeze(0);
                Tensor angles = Tensors.full(Math.toRadians(degrees), DType.FLOAT32, labels.length);
                return new Part(Functional.rotate(x, angles).floats(), labels, shape, classes);
            }
        }

        /** These examples, then others of the same form. */
        public Part and(Part other) {
            float[] both = new float[images.length + other.images.length];
            System.arraycopy(images, 0, both, 0, images.length);
            System.arraycopy(other.images, 0, both, images.length, other.images.length);
            long[] all = new long[labels.length + other.labels.length];
            System.arraycopy(labels, 0, all, 0, labels.length);
            System.arraycopy(other.labels, 0, all, labels.length, other.labels.length);
            return new Part(both, all, shape, classes);
        }

        /** Values less a mean, divided by a deviation. */
        public Part standardized(double mean, double deviation) {
            float[] out = new float[images.length];
            for (int i = 0; i < out.length; i++) {
                out[i] = (float) ((images[i] - mean) / deviation);
            }
            return new Part(out, labels, shape, classes);
        }
    }

    /**
     * Parts without a common image, drawn at random from all images of a set.
     *
     * @param sizes of the parts
     * @throws DataException if there are too few images
     */
    public static List<Part> draw(LabelledImages images, RandomGenerator rng, int... sizes) {
        int total = 0;
        for (int size : sizes) {
            total = Math.addExact(total, size);
        }
        if (total > images.total()) {
            throw new DataException(
                    images.name() + " has " + images.total() + " images, but " + total + " are asked for");
        }
        int[] chosen = new int[total];
        new Chooser(images.total()).choose(images.total(), rng, chosen);
        List<Part> parts = new ArrayList<>();
        int from = 0;
        for (int size : sizes) {
            parts.add(part(images, chosen, from, size));
            from += size;
        }
        return parts;
    }

    private static Part part(LabelledImages images, int[] chosen, int from, int size) {
        float[] values = new float[ArraySize.of(size, images.imageSize())];
        long[] labels = new long[size];
        for (int i = 0; i < size; i++) {
            int item = chosen[from + i];
            int c = 0;
            while (item >= images.count(c)) {
                item -= images.count(c);
                c++;
            }
            images.copyTo(c, item, values, i * images.imageSize());
            labels[i] = c;
        }
        return new Part(values, labels, List.of(images.channels(), images.height(), images.width()), images.classes());
    }

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        return new Episodes(
                support.inputs(tasks),
                support.targets(tasks),
                query.inputs(tasks),
                query.targets(tasks),
                support.classes());
    }
}
