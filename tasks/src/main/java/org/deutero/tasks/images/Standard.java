package org.deutero.tasks.images;

/**
 * Pixels shifted and scaled.
 *
 * @param mean of pixels in [0, 1]
 * @param deviation of pixels
 */
record Standard(float mean, float deviation) {
    /** Pixels as they are. */
    static final Standard NONE = new Standard(0, 1);

    /** Mean and deviation over all pixels of some classes; a class in two sets counts twice. */
    static Standard of(LabelledImages images, int[][] sets) {
        double n = 0;
        double sum = 0;
        double squares = 0;
        float[] one = new float[images.imageSize()];
        for (int[] set : sets) {
            for (int c : set) {
                for (int item = 0; item < images.count(c); item++) {
                    images.copyTo(c, item, one, 0);
                    for (float pixel : one) {
                        sum += pixel;
                        squares += (double) pixel * pixel;
                    }
                }
                n += (double) images.count(c) * one.length;
            }
        }
        double mean = sum / n;
        double variance = squares / n - mean * mean;
        return new Standard((float) mean, variance > 0 ? (float) Math.sqrt(variance) : 1);
    }

    void apply(float[] pixels, int from, int size) {
        if (!equals(NONE)) {
            for (int i = from; i < from + size; i++) {
                pixels[i] = (pixels[i] - mean) / deviation;
            }
        }
    }
}
