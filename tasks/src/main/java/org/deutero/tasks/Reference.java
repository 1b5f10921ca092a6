package org.deutero.tasks;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.tensor.Tensor;

/** A predictor to hold learners of functions against. It belongs to a source of tasks and may know more of them than they tell, such as the distribution that they were drawn from. */
public interface Reference {
    /** What to call it in reports. */
    String name();

    /** Draws the tasks that its source draws from this generator, and predicts their queries. */
    Forecast forecast(int tasks, RandomGenerator rng);

    /**
     * Predictions.
     *
     * @param tasks that they are about
     * @param mean [tasks, queries, outputs]
     * @param deviation standard deviation of a normal distribution about the mean, of the same shape; empty if it gives none
     */
    record Forecast(Episodes tasks, Tensor mean, Optional<Tensor> deviation) {}
}
