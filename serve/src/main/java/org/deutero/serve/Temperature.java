package org.deutero.serve;

/** One number that logits are divided by, so that confidence is as high as accuracy allows. */
final class Temperature {
    private static final double LOWEST = Math.log(1e-4);
    private static final double HIGHEST = Math.log(1e4);
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final double PRECISION = 1e-7;

    private Temperature() {}

    /**
     * The temperature of least negative log-likelihood. That is a convex function of 1/T, so its only minimum over log T is found by golden
     * sections. Where every answer is right, ever lower temperatures would do better without end: nothing can be learned of confidence then, and it stays 1.
     */
    static double fit(double[][] logits, int[] labels) {
        if (allRight(logits, labels)) {
            return 1;
        }
        double low = LOWEST;
        double high = HIGHEST;
        double a = high - GOLDEN * (high - low);
        double b = low + GOLDEN * (high - low);
        double atA = negativeLogLikelihood(logits, labels, Math.exp(a));
        double atB = negativeLogLikelihood(logits, labels, Math.exp(b));
        while (high - low > PRECISION) {
            if (atA <= atB) {
                high = b;
                b = a;
                atB = atA;
                a = high - GOLDEN * (high - low);
                atA = negativeLogLikelihood(logits, labels, Math.exp(a));
            } else {
                low = a;
                a = b;
                atA = atB;
                b = low + GOLDEN * (high - low);
                atB = negativeLogLikelihood(logits, labels, Math.exp(b));
            }
        }
        return Math.exp((low + high) / 2);
    }

    /** Mean over answers of -log p(label), in nats. */
    static double negativeLogLikelihood(double[][] logits, int[] labels, double temperature) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double[] row = logits[i];
            double max = row[best(row)];
            double normaliser = 0;
            for (double logit : row) {
                normaliser += Math.exp((logit - max) / temperature);
            }
            sum += Math.log(normaliser) - (row[labels[i]] - max) / temperature;
        }
        return sum / labels.length;
    }

    /** Probabilities of logits at a temperature. */
    static double[] softmax(double[] logits, double temperature) {
        double max = logits[best(logits)];
        double[] p = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            p[i] = Math.exp((logits[i] - max) / temperature);
            sum += p[i];
        }
        for (int i = 0; i < p.length; i++) {
            p[i] /= sum;
        }
        return p;
    }

    /** The index of the largest number, the first of equal ones. */
    static int best(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }

    private static boolean allRight(double[][] logits, int[] labels) {
        for (int i = 0; i < labels.length; i++) {
            if (best(logits[i]) != labels[i]) {
                return false;
            }
        }
        return true;
    }
}
