package org.deutero.tasks.bandit;

import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Tensor;

/**
 * {@link ContinuousBandit}s with A standard normal and b normal of deviation 0.5.
 *
 * @param observations numbers of a context
 * @param numbers of an action
 * @param noise standard deviation of rewards
 * @param copies of a lifetime, side by side
 * @param steps of a lifetime
 */
public record ContinuousBandits(int observations, int numbers, double noise, int copies, int steps)
        implements TaskSource<Worlds> {
    private static final double SHIFT = 0.5;

    @Override
    public Worlds sample(int tasks, RandomGenerator rng) {
        double[] matrix = new double[ArraySize.of(tasks, numbers, observations)];
        double[] shift = new double[ArraySize.of(tasks, numbers)];
        long[] seeds = new long[tasks];
        int size = numbers * observations;
        for (int t = 0; t < tasks; t++) {
            for (int i = t * size; i < (t + 1) * size; i++) {
                matrix[i] = rng.nextGaussian();
            }
            for (int i = t * numbers; i < (t + 1) * numbers; i++) {
                shift[i] = SHIFT * rng.nextGaussian();
            }
            seeds[t] = rng.nextLong();
        }
        ContinuousBandit world = new ContinuousBandit(
                Tensor.of(matrix, tasks, numbers, observations), Tensor.of(shift, tasks, numbers), noise);
        return new Worlds(world, seeds, copies, 0, steps);
    }
}
