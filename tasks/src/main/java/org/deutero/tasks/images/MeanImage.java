package org.deutero.tasks.images;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Reference;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;

/** The mean of training images, pixel by pixel, with their deviation, which is no less than 0.1; whatever is shown. */
public final class MeanImage implements Reference {
    private static final double FLOOR = 0.1;

    private final Pixels source;
    private final double[] mean;
    private final double[] deviation;

    /**
     * Looks at all training images.
     *
     * @param source of pictures that are asked for as a whole
     * @param images of the same form
     * @param classes to train on
     */
    public MeanImage(Pixels source, LabelledImages images, List<Integer> classes) {
        this.source = source;
        mean = new double[images.imageSize()];
        deviation = new double[images.imageSize()];
        float[] image = new float[images.imageSize()];
        int n = 0;
        for (int c : classes) {
            for (int i = 0; i < images.count(c); i++) {
                images.copyTo(c, i, image, 0);
                n++;
                for (int p = 0; p < image.length; p++) {
                    mean[p] += image[p];
                    deviation[p] += image[p] * (double) image[p];
                }
            }
        }
        for (int p = 0; p < image.length; p++) {
            mean[p] /= n;
            double variance = Math.max(0, deviation[p] / n - mean[p] * mean[p]);
            deviation[p] = Math.max(FLOOR, Math.sqrt(variance));
        }
    }

    @Override
    public String name() {
        return "mean image";
    }

    @Override
    public Forecast forecast(int tasks, RandomGenerator rng) {
        Episodes drawn = source.sample(tasks, rng);
        return new Forecast(drawn, repeated(mean, tasks).sub(0.5), Optional.of(repeated(deviation, tasks)));
    }

    /** [tasks, pixels, channels] from one image, channels first. */
    private Tensor repeated(double[] image, int tasks) {
        int channels = source.images().channels();
        return Tensor.of(image, channels, image.length / channels)
                .transpose(0, 1)
                .unsqueeze(0)
                .expand(tasks, -1, -1)
                .to(DType.FLOAT32);
    }
}
