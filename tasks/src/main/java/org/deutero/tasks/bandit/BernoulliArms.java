package org.deutero.tasks.bandit;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.Tensor;

/**
 * Bernoulli bandits: arm a pays 1 with a probability p_a of the task, uniform in [0, 1], and 0 otherwise.
 *
 * <p>A task is a lifetime of {@link Rounds}, which show the constant 1. Who plays meets its luck as it was drawn beforehand, and sees what the arm pays that it pulls.
 *
 * <p>All tasks of a batch have one number of arms. Drawing a + b tasks gives the same tasks as drawing a and then b only if there is a single number to choose from; with several, each batch draws its own.
 *
 * @param arms numbers of arms, each as likely as it is often in the list
 * @param rounds of a lifetime
 */
public record BernoulliArms(List<Integer> arms, int rounds) implements TaskSource<Worlds> {

    /** Refuses bandits without a choice. */
    public BernoulliArms {
        arms = List.copyOf(arms);
        if (arms.isEmpty() || arms.stream().anyMatch(n -> n < 2) || rounds < 1) {
            throw new IllegalArgumentException(
                    "bandits need at least 2 arms and 1 round, not " + arms + " and " + rounds);
        }
    }

    /** Whether all batches have the same number of arms. */
    public boolean alike() {
        return arms.stream().distinct().count() == 1;
    }

    @Override
    public Worlds sample(int tasks, RandomGenerator rng) {
        if (tasks < 1) {
            throw new IllegalArgumentException("asked for " + tasks + " tasks, but a batch has at least 1");
        }
        int n = arms.size() == 1 ? arms.get(0) : arms.get((int) (arms.size() * rng.nextDouble()));
        float[] rates = new float[ArraySize.of(tasks, n)];
        float[] pays = new float[ArraySize.of(rates.length, rounds)];
        float[] ones = new float[ArraySize.of(tasks, rounds)];
        Arrays.fill(ones, 1);
        for (int t = 0; t < tasks; t++) {
            for (int a = 0; a < n; a++) {
                rates[t * n + a] = (float) rng.nextDouble();
            }
            for (int i = t * rounds * n; i < (t + 1) * rounds * n; i++) {
                pays[i] = rng.nextDouble() < rates[t * n + i % n] ? 1 : 0;
            }
        }
        Tensor means = Tensor.of(rates, tasks, 1, n).expand(-1, rounds, -1);
        return Rounds.lifetimes(
                new Rounds(Tensor.of(ones, tasks, rounds, 1), Tensor.of(pays, tasks, rounds, n), means));
    }
}
