package org.deutero.tasks.images;

import java.util.random.RandomGenerator;
import org.deutero.tasks.Augmentation;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;

/**
 * Random affine maps of pictures: each is turned, brought to another size and moved about its centre, all by uniform chance; what comes in from outside is 0. Bilinear.
 *
 * @param degrees a picture is turned by at most so much, either way; 180 for any angle
 * @param shift a picture is moved by at most such a share of its side, in both directions
 * @param scale a picture is at most by such a share larger or smaller
 */
public record AffineAugmentation(double degrees, double shift, double scale) implements Augmentation {
    /** Refuses what turns pictures inside out. */
    public AffineAugmentation {
        if (!(degrees >= 0 && degrees <= 180 && shift >= 0 && shift <= 1 && scale >= 0 && scale < 1)) {
            throw new IllegalArgumentException("a picture cannot be turned by " + degrees + " degrees, moved by "
                    + shift + " and scaled by " + scale + ": expected at most 180, at most 1 and less than 1");
        }
    }

    /** Whether nothing happens. */
    public boolean isNone() {
        return degrees == 0 && shift == 0 && scale == 0;
    }

    /**
     * {@inheritDoc}
     *
     * @param x [n, channels, height, width]
     */
    @Override
    public Tensor apply(Tensor x, RandomGenerator rng) {
        if (isNone()) {
            return x;
        }
        long[] shape = x.shape();
        if (shape.length != 4) {
            throw new IllegalArgumentException("expected pictures [n, channels, height, width], not " + x);
        }
        int planes = (int) shape[1];
        int height = (int) shape[2];
        int width = (int) shape[3];
        double[] from = x.to(DType.FLOAT64).doubles();
        double[] to = new double[from.length];
        int size = height * width;
        for (int i = 0; i < shape[0]; i++) {
            Map map = Map.draw(this, height, width, rng);
            for (int plane = 0; plane < planes; plane++) {
                map.apply(from, to, (i * planes + plane) * size);
            }
        }
        return Tensor.of(to, shape).to(x.dtype()).to(x.device());
    }

    /** Where the pixels of one picture come from: the centre plus a matrix times what is left of a place after the shift. */
    private record Map(int height, int width, double a, double b, double right, double down) {
        static Map draw(AffineAugmentation of, int height, int width, RandomGenerator rng) {
            double angle = Math.toRadians(of.degrees * (2 * rng.nextDouble() - 1));
            double size = 1 + of.scale * (2 * rng.nextDouble() - 1);
            double right = of.shift * width * (2 * rng.nextDouble() - 1);
            double down = of.shift * height * (2 * rng.nextDouble() - 1);
            return new Map(height, width, Math.cos(angle) / size, Math.sin(angle) / size, right, down);
        }

        void apply(double[] from, double[] to, int offset) {
            double centreX = (width - 1) / 2.0;
            double centreY = (height - 1) / 2.0;
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    double u = x - centreX - right;
                    double v = y - centreY - down;
                    to[offset + y * width + x] = at(from, offset, centreX + a * u - b * v, centreY + b * u + a * v);
                }
            }
        }

        private double at(double[] from, int offset, double x, double y) {
            int left = (int) Math.floor(x);
            int top = (int) Math.floor(y);
            double fx = x - left;
            double fy = y - top;
            return (1 - fy) * ((1 - fx) * pixel(from, offset, left, top) + fx * pixel(from, offset, left + 1, top))
                    + fy
                            * ((1 - fx) * pixel(from, offset, left, top + 1)
                                    + fx * pixel(from, offset, left + 1, top + 1));
        }

        private double pixel(double[] from, int offset, int x, int y) {
            return x < 0 || y < 0 || x >= width || y >= height ? 0 : from[offset + y * width + x];
        }
    }
}
