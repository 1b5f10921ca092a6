package org.deutero.methods.bandit;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Tensor;

/** All rounds that bandits have been played, side by side: a replay buffer that forgets nothing. Only the simulation adds to it. */
public final class History {
    private final int bandits;
    private final int features;
    private int rounds;
    private double[] contexts;
    private int[] arms;
    private double[] rewards;

    /** An empty one. */
    public History(int bandits, int features) {
        this.bandits = bandits;
        this.features = features;
        this.contexts = new double[0];
        this.arms = new int[0];
        this.rewards = new double[0];
    }

    /** The number of bandits. */
    public int bandits() {
        return bandits;
    }

    /** The number of rounds so far. */
    public int rounds() {
        return rounds;
    }

    /** The context of a round, [features]. */
    public double[] context(int bandit, int round) {
        int from = index(bandit, round) * features;
        return Arrays.copyOfRange(contexts, from, from + features);
    }

    /** The arm that was pulled. */
    public int arm(int bandit, int round) {
        return arms[index(bandit, round)];
    }

    /** What it paid. */
    public double reward(int bandit, int round) {
        return rewards[index(bandit, round)];
    }

    private int index(int bandit, int round) {
        if (round < 0 || round >= rounds || bandit < 0 || bandit >= bandits) {
            throw new IndexOutOfBoundsException("round " + round + " of bandit " + bandit + " in a history of " + rounds
                    + " rounds of " + bandits + " bandits");
        }
        return round * bandits + bandit;
    }

    /** Adds a round: contexts [bandits][features], arms and rewards [bandits]. */
    void add(double[][] context, int[] arm, double[] reward) {
        int at = rounds * bandits;
        if (at + bandits > arms.length) {
            int room = Math.max(64 * bandits, 2 * arms.length);
            contexts = Arrays.copyOf(contexts, room * features);
            arms = Arrays.copyOf(arms, room);
            rewards = Arrays.copyOf(rewards, room);
        }
        for (int b = 0; b < bandits; b++) {
            System.arraycopy(context[b], 0, contexts, (at + b) * features, features);
            arms[at + b] = arm[b];
            rewards[at + b] = reward[b];
        }
        rounds++;
    }

    /**
     * A mini-batch, drawn with replacement from the rounds of each bandit, as tasks whose queries are the support set itself: contexts [bandits, n, features], arms and rewards [bandits, n, 2].
     *
     * @param random a generator for each bandit
     * @param rewardScale factor on rewards
     */
    public Episodes sample(int n, List<RandomGenerator> random, double rewardScale) {
        if (rounds == 0) {
            throw new IllegalStateException("nothing can be drawn from a history without rounds");
        }
        int[] drawn = new int[bandits * n];
        for (int b = 0; b < bandits; b++) {
            for (int i = 0; i < n; i++) {
                drawn[b * n + i] = Game.below(rounds, random.get(b));
            }
        }
        return episodes(drawn, n, rewardScale);
    }

    /** All rounds, as {@link #sample} has some. */
    public Episodes all(double rewardScale) {
        int[] each = new int[bandits * rounds];
        for (int i = 0; i < each.length; i++) {
            each[i] = i % rounds;
        }
        return episodes(each, rounds, rewardScale);
    }

    private Episodes episodes(int[] which, int n, double rewardScale) {
        float[] x = new float[which.length * features];
        float[] y = new float[which.length * 2];
        for (int i = 0; i < which.length; i++) {
            int from = index(i / n, which[i]);
            for (int f = 0; f < features; f++) {
                x[i * features + f] = (float) contexts[from * features + f];
            }
            y[2 * i] = arms[from];
            y[2 * i + 1] = (float) (rewardScale * rewards[from]);
        }
        Tensor inputs = Tensor.of(x, bandits, n, features);
        Tensor targets = Tensor.of(y, bandits, n, 2);
        return new Episodes(inputs, targets, inputs, targets, 0);
    }

    /** Contexts of a round as inputs, float32 [bandits, 1, features]. */
    static Tensor inputs(double[][] contexts) {
        int features = contexts[0].length;
        double[] flat = new double[contexts.length * features];
        for (int b = 0; b < contexts.length; b++) {
            System.arraycopy(contexts[b], 0, flat, b * features, features);
        }
        return Tensor.of(flat, contexts.length, 1, features).to(DType.FLOAT32);
    }
}
