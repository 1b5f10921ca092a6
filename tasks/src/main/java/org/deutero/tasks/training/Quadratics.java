package org.deutero.tasks.training;

import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.problem.Problems;
import org.deutero.tensor.Tensor;

/**
 * {@link Bowls}.
 *
 * @param dimensions d, and rows of W
 * @param batch rows of a mini-batch; as many as there are dimensions for none
 * @param steps of a training run
 * @param entries of W and y
 * @param deviation of the start
 */
public record Quadratics(int dimensions, int batch, int steps, Entries entries, double deviation)
        implements TaskSource<Problems> {
    /** What W and y are made of. */
    public enum Entries {
        /** Standard normal numbers. */
        NORMAL,
        /** Uniform numbers in [0, 1). */
        UNIFORM,
        /** W is the identity and y standard normal: the squared distance to a point. */
        IDENTITY
    }

    /** Standard normal entries and the published start. */
    public Quadratics(int dimensions, int batch, int steps) {
        this(dimensions, batch, steps, Entries.NORMAL, Bowls.START);
    }

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
            for (int i = 0; i < d * d; i++) {
                w[t * d * d + i] = entries == Entries.IDENTITY ? (i % (d + 1) == 0 ? 1 : 0) : entry(rng);
            }
            for (int i = t * d; i < (t + 1) * d; i++) {
                y[i] = entry(rng);
            }
            seeds[t] = rng.nextLong();
        }
        Bowls bowls = new Bowls(Tensor.of(w, tasks, d, d), Tensor.of(y, tasks, d), batch, deviation);
        return new Problems(bowls, seeds, steps);
    }

    private float entry(RandomGenerator rng) {
        return entries == Entries.UNIFORM ? rng.nextFloat() : (float) rng.nextGaussian();
    }
}
