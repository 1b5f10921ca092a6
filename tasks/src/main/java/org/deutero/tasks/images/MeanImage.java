package org.deutero.tasks.images;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Reference;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;

/**
 * The mean of training images, pixel by pixel, with their deviation, whatever is shown.
 *
 * @param source of pictures that are asked for as a whole
 * @param moments of training images of the same form
 */
public record MeanImage(Pixels source, Moments moments) implements Reference {
    private static final double FLOOR = 0.1;

    /**
     * Of images, pixel by pixel.
     *
     * @param mean of each value, channels first
     * @param deviation of each value, at least 0.1
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Moments(double[] mean, double[] deviation) {
        /** Looks at all images of some classes. */
        public static Moments of(LabelledImages images, List<Integer> classes) {
            double[] mean = new double[images.imageSize()];
            double[] deviation = new double[images.imageSize()];
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
            return new Moments(mean, deviation);
        }
    }

    @Override
    public String name() {
        return "mean image";
    }

    @Override
    public Forecast forecast(int tasks, RandomGenerator rng) {
        Episodes drawn = source.sample(tasks, rng);
        return new Forecast(
                drawn, repeated(moments.mean(), tasks).sub(0.5), Optional.of(repeated(moments.deviation(), tasks)));
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
