package org.deutero.tasks.bandit;

import java.util.random.RandomGenerator;
import org.deutero.tasks.ArraySize;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;

/**
 * Bandits as few-shot tasks, to meta-train offline: rounds in which arms were drawn uniformly. Inputs are contexts [tasks, n, features], targets [tasks, n, 2]: the arm that was pulled, and its reward.
 *
 * @param family where bandits are drawn from
 * @param support rounds to learn from
 * @param query rounds to be judged on
 * @param rewardScale factor on rewards
 * @param dtype FLOAT32 or FLOAT64
 */
public record LoggedRounds(BanditFamily family, int support, int query, double rewardScale, DType dtype)
        implements TaskSource<Episodes> {
    /** Refuses empty tasks and types that are not floating point. */
    public LoggedRounds {
        if (support < 1 || query < 1) {
            throw new IllegalArgumentException(
                    "a task of " + support + " support and " + query + " query rounds needs at least one of each");
        }
        if (dtype != DType.FLOAT32 && dtype != DType.FLOAT64) {
            throw new IllegalArgumentException("rounds of bandits are FLOAT32 or FLOAT64, not " + dtype);
        }
    }

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        if (tasks < 1) {
            throw new IllegalArgumentException("asked for " + tasks + " tasks, but a batch has at least 1");
        }
        Part learnt = new Part(tasks, support);
        Part judged = new Part(tasks, query);
        for (int t = 0; t < tasks; t++) {
            ContextualBandit bandit = family.draw(rng);
            learnt.fill(t, bandit, rng);
            judged.fill(t, bandit, rng);
        }
        return new Episodes(learnt.contexts(), learnt.targets(), judged.contexts(), judged.targets(), 0);
    }

    /** The rounds of all tasks, either those to learn from or those to be judged on. */
    private final class Part {
        private final int tasks;
        private final int rounds;
        private double[] contexts = new double[0];
        private final double[] targets;

        Part(int tasks, int rounds) {
            this.tasks = tasks;
            this.rounds = rounds;
            this.targets = new double[ArraySize.of(tasks, rounds, 2)];
        }

        void fill(int task, ContextualBandit bandit, RandomGenerator rng) {
            int width = bandit.features();
            if (contexts.length == 0) {
                contexts = new double[ArraySize.of(tasks, rounds, width)];
            }
            for (int i = task * rounds; i < (task + 1) * rounds; i++) {
                double[] context = bandit.context(rng);
                int arm = (int) (rng.nextDouble() * bandit.arms());
                System.arraycopy(context, 0, contexts, i * width, width);
                targets[2 * i] = arm;
                targets[2 * i + 1] = rewardScale * bandit.reward(context, arm, rng.nextGaussian());
            }
        }

        Tensor contexts() {
            return Tensor.of(contexts, tasks, rounds, contexts.length / (tasks * rounds))
                    .to(dtype);
        }

        Tensor targets() {
            return Tensor.of(targets, tasks, rounds, 2).to(dtype);
        }
    }
}
