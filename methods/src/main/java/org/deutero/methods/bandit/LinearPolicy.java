package org.deutero.methods.bandit;

import java.util.Arrays;
import org.deutero.methods.bandit.ArmPosteriors.Prior;

/**
 * Rewards linear in the context and an intercept, each arm by itself.
 *
 * @param name in results
 * @param prior of weights and noise; its precision is the ridge of the greedy form
 * @param sampling whether arms are chosen under weights drawn from the posterior (Thompson sampling), otherwise under their mean
 * @param epsilon probability of an arm at random
 */
record LinearPolicy(String name, Prior prior, boolean sampling, double epsilon) implements Policy {
    /** Ridge regression, epsilon-greedy. */
    static LinearPolicy greedy() {
        return new LinearPolicy("linear-greedy", new Prior(0.25, 1, 1), false, 0.05);
    }

    /** Thompson sampling with the constants of Riquelme, Tucker, Snoek 2018. */
    static LinearPolicy thompson() {
        return new LinearPolicy("linear-thompson", new Prior(0.25, 6, 6), true, 0);
    }

    @Override
    public Player begin(Game game) {
        ArmPosteriors posteriors = new ArmPosteriors(game, game.features() + 1, prior);
        return new Player() {
            @Override
            public int[] choose(double[][] contexts) {
                double[][] x = withIntercept(contexts);
                return sampling ? posteriors.thompson(x) : posteriors.greedy(x, epsilon);
            }

            @Override
            public void learn() {
                int latest = game.history().rounds() - 1;
                double[][] contexts = new double[game.bandits()][];
                Arrays.setAll(contexts, b -> game.history().context(b, latest));
                posteriors.observe(withIntercept(contexts));
            }
        };
    }

    private static double[][] withIntercept(double[][] contexts) {
        double[][] x = new double[contexts.length][];
        Arrays.setAll(x, b -> {
            double[] row = Arrays.copyOf(contexts[b], contexts[b].length + 1);
            row[row.length - 1] = 1;
            return row;
        });
        return x;
    }
}
