package org.deutero.tasks.images;

import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Tensor;

/**
 * What one iteration of training beside a clean set sees, as a task: a batch of the training pictures (its support set) and one of the clean pictures (its query set), each drawn with replacement. A class is the same number in all tasks.
 *
 * <p>Inputs are float32 [tasks, batch, channels, height, width], labels int64 [tasks, batch].
 *
 * @param train pictures to train on, some of their labels wrong
 * @param clean pictures with labels that are right
 * @param batch of the first in a task
 * @param cleanBatch of the second
 * @param augmentation of both
 * @param mean subtracted from pixels
 * @param deviation divides them then
 */
public record NoisyBatches(
        Labelled train, Labelled clean, int batch, int cleanBatch, CropFlip augmentation, float mean, float deviation)
        implements TaskSource<Episodes> {
    /** Refuses batches of nothing. */
    public NoisyBatches {
        if (batch < 1 || cleanBatch < 1 || train.size() == 0 || clean.size() == 0) {
            throw new IllegalArgumentException("a batch needs at least one picture");
        }
    }

    private record Batch(Tensor x, Tensor y) {}

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        Batch support = draw(train, tasks, batch, rng);
        Batch query = draw(clean, tasks, cleanBatch, rng);
        return new Episodes(
                support.x, support.y, query.x, query.y, train.images().classes());
    }

    private Batch draw(Labelled from, int tasks, int number, RandomGenerator rng) {
        LabelledImages images = from.images();
        int pixels = images.imageSize();
        float[] x = new float[ArraySize.of(tasks, number, pixels)];
        long[] y = new long[ArraySize.of(tasks, number)];
        for (int i = 0; i < y.length; i++) {
            int which = rng.nextInt(from.size());
            from.copyTo(which, x, i * pixels);
            augmentation.apply(x, i * pixels, images.channels(), images.height(), images.width(), rng);
            y[i] = from.labels()[which];
        }
        new Standard(mean, deviation).apply(x, 0, x.length);
        return new Batch(
                Tensor.of(x, tasks, number, images.channels(), images.height(), images.width()),
                Tensor.of(y, tasks, number));
    }

    /**
     * Pictures to be judged on, as one task that is the same in every draw; its support set is a picture that nobody looks at.
     *
     * @param held pictures with labels that are right
     * @param mean subtracted from pixels
     * @param deviation divides them then
     */
    public record Judged(Labelled held, float mean, float deviation) implements TaskSource<Episodes> {
        @Override
        public Episodes sample(int tasks, RandomGenerator rng) {
            Tensor x = held.inputs(0, held.size(), mean, deviation).unsqueeze(0).expand(tasks, -1, -1, -1, -1);
            Tensor y = held.targets(0, held.size()).unsqueeze(0).expand(tasks, -1);
            return new Episodes(
                    x.slice(1, 0, 1), y.slice(1, 0, 1), x, y, held.images().classes());
        }
    }
}
