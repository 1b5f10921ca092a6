package org.deutero.methods.bandit;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.deutero.learn.Seeds;
import org.deutero.tasks.bandit.ContextualBandit;
import org.deutero.tensor.Scope;

/**
 * Bandits to be played side by side. Every policy meets the same contexts, and the same noise on rewards.
 *
 * @param bandits with equal numbers of features and arms
 * @param seeds of each bandit's contexts, noise, and of policies' chance in it
 * @param trials number of rounds
 */
public record Simulation(List<ContextualBandit> bandits, List<Long> seeds, int trials) {
    /** Refuses bandits that cannot be played side by side. */
    public Simulation {
        bandits = List.copyOf(bandits);
        seeds = List.copyOf(seeds);
        if (bandits.isEmpty() || seeds.size() != bandits.size() || trials < 1) {
            throw new IllegalArgumentException(trials + " trials of " + bandits.size() + " bandits with " + seeds.size()
                    + " seeds; expected at least one trial, one bandit, and a seed for each");
        }
        ContextualBandit first = bandits.get(0);
        if (bandits.stream().anyMatch(b -> b.features() != first.features() || b.arms() != first.arms())) {
            throw new IllegalArgumentException("bandits side by side need equal numbers of features and of arms");
        }
    }

    /**
     * Plays.
     *
     * @return expected regret of each bandit's rounds, summed from the first: [bandits][trials]; it is in the means of arms, so noise on rewards is not in it
     */
    @SuppressWarnings("try") // the scope works by being open
    public double[][] regret(Policy policy) {
        int n = bandits.size();
        int features = bandits.get(0).features();
        History history = new History(n, features);
        Game game = new Game(
                features, bandits.get(0).arms(), history, generators("policy"), Seeds.branch(seeds.get(0), "game"));
        List<RandomGenerator> rounds = generators("rounds");
        double[][] regret = new double[n][trials];
        double[][] contexts = new double[n][];
        double[] noise = new double[n];
        double[] rewards = new double[n];
        try (Scope s = Scope.open()) {
            Player player = policy.begin(game);
            for (int t = 0; t < trials; t++) {
                for (int b = 0; b < n; b++) {
                    contexts[b] = bandits.get(b).context(rounds.get(b));
                    noise[b] = rounds.get(b).nextGaussian();
                }
                int[] arms = player.choose(contexts);
                for (int b = 0; b < n; b++) {
                    rewards[b] = bandits.get(b).reward(contexts[b], arms[b], noise[b]);
                    regret[b][t] =
                            (t == 0 ? 0 : regret[b][t - 1]) + bandits.get(b).regret(contexts[b], arms[b]);
                }
                history.add(contexts, arms, rewards);
                player.learn();
            }
        }
        return regret;
    }

    private List<RandomGenerator> generators(String purpose) {
        return LongStream.range(0, seeds.size())
                .mapToObj(i -> Seeds.generator(seeds.get((int) i), purpose))
                .toList();
    }
}
