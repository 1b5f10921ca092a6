package org.deutero.methods.bandit;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a policy knows of the bandits that it plays side by side.
 *
 * @param features of a context
 * @param arms to choose from
 * @param history of all rounds so far
 * @param random chance for each bandit's own decisions, so that its course does not depend on its neighbours
 * @param seed of what is random in the game as a whole
 */
public record Game(int features, int arms, History history, List<RandomGenerator> random, long seed) {
    /** Copies the list. */
    public Game {
        random = List.copyOf(random);
    }

    /** The number of bandits. */
    public int bandits() {
        return random.size();
    }

    /** An arm at random. */
    int anyArm(int bandit) {
        return below(arms, random.get(bandit));
    }

    /** For each bandit the arm of the greatest score, [bandits * arms]; but with probability {@code epsilon} any arm. */
    int[] best(double[] scores, double epsilon) {
        int[] chosen = new int[bandits()];
        for (int b = 0; b < chosen.length; b++) {
            if (epsilon > 0 && random.get(b).nextDouble() < epsilon) {
                chosen[b] = anyArm(b);
                continue;
            }
            int best = 0;
            for (int a = 1; a < arms; a++) {
                best = scores[b * arms + a] > scores[b * arms + best] ? a : best;
            }
            chosen[b] = best;
        }
        return chosen;
    }

    /** By nextDouble, whose bits are the same in every Java version. */
    static int below(int n, RandomGenerator rng) {
        return (int) (rng.nextDouble() * n);
    }
}
