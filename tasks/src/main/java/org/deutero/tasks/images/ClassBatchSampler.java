package org.deutero.tasks.images;

import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.DataException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Tensor;

/**
 * Draws mini-batches of ordinary classification: pictures of all classes at once, with the number of the class as the label. What few-shot learners are pretrained on.
 *
 * <p>A task is one mini-batch, as support and as query set: inputs float32 [tasks, batch, channels, height, width], labels int64 [tasks, batch] in 0..{@link #choices()}. A picture is drawn by first drawing a class, so classes are alike however
 * many pictures they have. With rotations as classes the label is 4 class + quarter turns; with random rotations every picture is turned by itself.
 */
public final class ClassBatchSampler implements TaskSource<Episodes> {
    private final LabelledImages data;
    private final int[] classes;
    private final int batch;
    private final Rotation rotation;
    private final int[][] maps = new int[4][];

    /** Prepares a sampler; nothing is copied. @throws DataException if images to be rotated are not square */
    public ClassBatchSampler(LabelledImages data, List<Integer> classes, int batch, Rotation rotation) {
        if (batch < 1 || classes.isEmpty()) {
            throw new IllegalArgumentException("a batch needs at least one picture of at least one class");
        }
        if (rotation != Rotation.NONE && data.height() != data.width()) {
            throw new DataException(data.name() + " has images of " + data.height() + "x" + data.width()
                    + " pixels, but only square images can be rotated by quarter turns");
        }
        this.data = data;
        this.classes = classes.stream().mapToInt(Integer::intValue).toArray();
        this.batch = batch;
        this.rotation = rotation;
        for (int turns = 1; turns < 4 && rotation != Rotation.NONE; turns++) {
            maps[turns] = Picture.rotationMap(data.height(), data.width(), turns);
        }
    }

    /** Number of labels. */
    public int choices() {
        return rotation == Rotation.CLASSES ? Math.multiplyExact(4, classes.length) : classes.length;
    }

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        int pixels = data.imageSize();
        float[] x = new float[ArraySize.of(tasks, batch, pixels)];
        long[] y = new long[ArraySize.of(tasks, batch)];
        for (int i = 0; i < y.length; i++) {
            int c = rng.nextInt(classes.length);
            int turns = rotation == Rotation.NONE ? 0 : rng.nextInt(4);
            y[i] = rotation == Rotation.CLASSES ? 4L * c + turns : c;
            int image = rng.nextInt(data.count(classes[c]));
            data.copyTo(classes[c], image, maps[turns], x, i * pixels);
        }
        Tensor inputs = Tensor.of(x, tasks, batch, data.channels(), data.height(), data.width());
        Tensor labels = Tensor.of(y, tasks, batch);
        return new Episodes(inputs, labels, inputs, labels, choices());
    }
}
