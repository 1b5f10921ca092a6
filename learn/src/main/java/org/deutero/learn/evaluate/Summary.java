package org.deutero.learn.evaluate;

/**
 * A mean over test tasks with its interval, which covers the drawing of tasks for one trained model and not training seeds.
 *
 * @param mean over tasks
 * @param interval half-width of the 95 % interval, 1.96 s / sqrt(n) with the sample deviation s
 * @param tasks number of tasks
 */
public record Summary(double mean, double interval, int tasks) {
    /** Summarises one number a task. */
    public static Summary of(double... values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
        return new Summary(mean, 1.96 * deviation / Math.sqrt(values.length), values.length);
    }
}
