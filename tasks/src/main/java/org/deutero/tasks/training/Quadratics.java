package org.deutero.tasks.training;

import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.problem.Problems;
import org.deutero.tensor.Tensor;

/**
 * {@link Bowls} with W and y standard normal.
 *
 * @param dimensions d, and rows of W
 * @param batch rows of a mini-batch; as many as there are dimensions for none
 * @param steps of a training run
 */
public record Quadratics(int dimensions, int batch, int steps) implements TaskSource<Problems> {
    /** Refuses empty problems. */
    public Quadratics {
        if (dimensions < 1 || batch < 1 || steps < 1) {
            throw new IllegalArgumentException("quadratics need at least 1 dimension, row and step, not " + dimensions
                    + ", " + batch + " and " + steps);
        }
    }

    @Override
    public Problems sample(int tasks, RandomGenerator rng) {
        int d = dimensions;
        float[] w = new float[ArraySize.of(tasks, d, d)];
        float[] y = new float[ArraySize.of(tasks, d)];
        long[] seeds = new long[tasks];
        for (int t = 0; t < tasks; t++) {
            for (int i = t * d * d; i < (t + 1) * d * d; i++) {
                w[i] = (float) rng.nextGaussian();
            }
            for (int i = t * d; i < (t + 1) * d; i++) {
                y[i] = (float) rng.nextGaussian();
            }
            seeds[t] = rng.nextLong();
        }
        return new Problems(new Bowls(Tensor.of(w, tasks, d, d), Tensor.of(y, tasks, d), batch), seeds, steps);
    }
}
