package org.deutero.serve;

/**
 * How a learner's logits become probabilities that mean what they say (Guo, Pleiss, Sun, Weinberger 2017, arXiv 1706.04599): divided by a temperature that was fitted on validation
 * tasks. The order of classes stays.
 *
 * @param temperature what logits are divided by; 1 leaves them as they are
 * @param tasks validation tasks it was fitted on
 * @param queries answers it was fitted on
 * @param nllBefore mean negative log-likelihood at temperature 1, in nats
 * @param nllAfter the same at the temperature
 * @param eceBefore expected calibration error at temperature 1, see {@link CalibrationError}
 * @param eceAfter the same at the temperature
 */
public record Calibration(
        double temperature,
        int tasks,
        int queries,
        double nllBefore,
        double nllAfter,
        double eceBefore,
        double eceAfter) {
    /** Refuses a temperature that is not a positive number. */
    public Calibration {
        if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a temperature must be a positive number, not " + temperature);
        }
    }

    /** Fits a temperature to answers and their labels. */
    static Calibration fit(double[][] logits, int[] labels, int tasks) {
        double temperature = Temperature.fit(logits, labels);
        return new Calibration(
                temperature,
                tasks,
                labels.length,
                Temperature.negativeLogLikelihood(logits, labels, 1),
                Temperature.negativeLogLikelihood(logits, labels, temperature),
                CalibrationError.of(logits, labels, 1),
                CalibrationError.of(logits, labels, temperature));
    }
}
