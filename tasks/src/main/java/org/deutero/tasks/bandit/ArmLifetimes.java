package org.deutero.tasks.bandit;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Tensor;

/**
 * Lifetimes with bandits of a family. A task is a lifetime of {@link Rounds}, which show the constant 1.
 *
 * @param family of bandits
 * @param rounds of a lifetime
 */
public record ArmLifetimes(ArmFamily family, int rounds) implements TaskSource<Worlds> {
    /** Refuses bandits without a choice. */
    public ArmLifetimes {
        if (family.arms() < 2 || rounds < 1) {
            throw new IllegalArgumentException(
                    "bandits need at least 2 arms and 1 round, not " + family.arms() + " and " + rounds);
        }
    }

    @Override
    public Worlds sample(int tasks, RandomGenerator rng) {
        int n = ArraySize.of(rounds, family.arms());
        float[] expected = new float[ArraySize.of(tasks, n)];
        float[] paid = new float[expected.length];
        float[] ones = new float[ArraySize.of(tasks, rounds)];
        Arrays.fill(ones, 1);
        double[] means = new double[n];
        double[] pays = new double[n];
        for (int t = 0; t < tasks; t++) {
            family.draw(rng, means, pays);
            for (int i = 0; i < n; i++) {
                expected[t * n + i] = (float) means[i];
                paid[t * n + i] = (float) pays[i];
            }
        }
        return Rounds.lifetimes(new Rounds(
                Tensor.of(ones, tasks, rounds, 1),
                Tensor.of(paid, tasks, rounds, family.arms()),
                Tensor.of(expected, tasks, rounds, family.arms())));
    }
}
