package org.deutero.methods.bandit;

/** A {@link BayesianRegression} of the reward for every arm of every bandit, and the two ways to choose by them. */
final class ArmPosteriors {
    private final Game game;
    private final BayesianRegression[] each;

    ArmPosteriors(Game game, int width, Prior prior) {
        this.game = game;
        this.each = new BayesianRegression[game.bandits() * game.arms()];
        for (int i = 0; i < each.length; i++) {
            each[i] = new BayesianRegression(width, prior.precision(), prior.shape(), prior.rate());
        }
    }

    /**
     * Before any observation.
     *
     * @param precision of weights, relative to that of the noise
     * @param shape a of the noise's inverse gamma distribution
     * @param rate b of it
     */
    record Prior(double precision, double shape, double rate) {}

    BayesianRegression of(int bandit, int arm) {
        return each[bandit * game.arms() + arm];
    }

    /** Arms of the greatest expected reward, at random with probability epsilon. */
    int[] greedy(double[][] x, double epsilon) {
        double[] scores = new double[each.length];
        for (int i = 0; i < each.length; i++) {
            scores[i] = dot(each[i].mean(), x[i / game.arms()]);
        }
        return game.best(scores, epsilon);
    }

    /** Arms of the greatest reward under weights drawn from the posterior (Thompson 1933). */
    int[] thompson(double[][] x) {
        double[] scores = new double[each.length];
        for (int i = 0; i < each.length; i++) {
            int bandit = i / game.arms();
            scores[i] = dot(each[i].draw(game.random().get(bandit)), x[bandit]);
        }
        return game.best(scores, 0);
    }

    /**
     * Takes the latest round in.
     *
     * @param x what was regressed on in it, [bandits][width]
     */
    void observe(double[][] x) {
        int latest = game.history().rounds() - 1;
        for (int b = 0; b < game.bandits(); b++) {
            of(b, game.history().arm(b, latest)).observe(x[b], game.history().reward(b, latest));
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
