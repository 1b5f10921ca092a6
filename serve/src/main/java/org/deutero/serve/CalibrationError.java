package org.deutero.serve;

/**
 * Expected calibration error: answers are sorted into fifteen bins of equal width by their confidence; the mean over answers of how far their bin's mean confidence is from its
 * accuracy. 0 is perfect, 1 the worst.
 */
final class CalibrationError {
    private static final int BINS = 15;

    private CalibrationError() {}

    static double of(double[][] logits, int[] labels, double temperature) {
        double[] gap = new double[BINS];
        for (int i = 0; i < labels.length; i++) {
            int best = Temperature.best(logits[i]);
            double confidence = Temperature.softmax(logits[i], temperature)[best];
            gap[Math.min(BINS - 1, (int) (confidence * BINS))] += confidence - (best == labels[i] ? 1 : 0);
        }
        double sum = 0;
        for (double g : gap) {
            sum += Math.abs(g);
        }
        return sum / labels.length;
    }
}
