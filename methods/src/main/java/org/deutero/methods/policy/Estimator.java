package org.deutero.methods.policy;

import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Which derivatives of sampling the inner loop keeps. Which episodes an update is made from depends on theta through the policy that acts, and a gradient of samples alone does not know of it.
 *
 * <p>With U(theta, tau) = theta + alpha g(theta, tau), g the policy gradient from episodes tau, and J(theta') the expected return of the updated policy, all of them have the derivative of J at the updated policy in common (the likelihood ratio of the last episodes). They differ in what they take for dU/dtheta, and in whether tau is an outcome of theta.
 */
public enum Estimator {
    /**
     * As published (Finn, Abbeel, Levine 2017, arXiv 1703.03400, and its program): g is the derivative of mean log pi(a) A, and dU/dtheta = I + alpha d^2(mean log pi(a) A), episodes held fixed. Kept: second derivatives of log pi. Lost: the products of scores that the Hessian of an expected return has beside them, and all
     * that theta does to the return by which episodes it leads to. Low variance, biased for any number of episodes.
     */
    SURROGATE,
    /**
     * Every log-probability of the inner loss goes through the magic box exp(x - stop(x)) (DiCE; Foerster, Farquhar, Al-Shedivat, Rocktaeschel, Xing, Whiteson 2018, arXiv 1802.05098), for advantages as box(W_t) - box(W_{t-1}), W_t the sum of log-probabilities up to t (Farquhar, Whiteson, Foerster 2019, arXiv 1909.10549). The inner gradient is the same; its derivative is an unbiased
     * Hessian of the expected return, products of scores included. So this is the gradient of J(theta + alpha dJ/dtheta), an update by the expected gradient (formulation II of Rothfuss, Lee, Clavera, Asfour, Abbeel 2019, arXiv 1810.06784), but for what an update from few episodes strays from it. High variance.
     */
    DICE,
    /**
     * The published inner derivative, and the log-probabilities of all inner episodes times the return after the update (E-MAML; Stadie et al. 2018, arXiv 1803.01118): the exact gradient of the expected return after an update from n sampled episodes, E over tau of J(U(theta, tau)), unbiased for every n. From the return is subtracted the mean one of the other
     * inner episodes, which does not depend on the one that is scored. Both this and {@link #DICE} at once would count the same thing twice: for many episodes the two terms are the same.
     */
    E_MAML;

    /**
     * The inner loss, one number a task, [tasks].
     *
     * @param logProbabilities [tasks, n, steps]
     */
    Tensor innerLoss(Tensor logProbabilities, Lesson lesson) {
        if (this != DICE) {
            return lesson.mean(logProbabilities.mul(lesson.advantage())).neg();
        }
        int steps = (int) logProbabilities.size(2);
        Tensor sums = logProbabilities.matmul(
                upToNow(steps).to(logProbabilities.dtype()).to(logProbabilities.device()));
        Tensor boxes = box(sums).sub(box(sums.sub(logProbabilities)));
        return lesson.mean(boxes.mul(lesson.advantage())).neg();
    }

    /** 1 with the derivative of x. */
    private static Tensor box(Tensor x) {
        return x.sub(x.detach()).exp();
    }

    /** 1 at [s, t] for s up to t. */
    private static Tensor upToNow(int steps) {
        double[] ones = new double[steps * steps];
        for (int s = 0; s < steps; s++) {
            for (int t = s; t < steps; t++) {
                ones[s * steps + t] = 1;
            }
        }
        return Tensor.of(ones, steps, steps);
    }

    /**
     * What the return after the update says of the inner episodes, to be lowered like the surrogate of that return, [tasks].
     *
     * @param scores log-probabilities of inner episodes, [tasks, n]
     * @param before these episodes
     * @param after the last ones
     */
    static Tensor credit(Tensor scores, Lesson before, Lesson after) {
        int n = (int) scores.size(1);
        Tensor worth = before.worth();
        Tensor others = n == 1
                ? Tensors.zerosLike(worth)
                : worth.neg().add(worth.sum(1).unsqueeze(1)).div(n - 1.0);
        Tensor gained = others.neg().add(after.worth().mean(1).unsqueeze(1));
        // The surrogate is a mean over steps of scaled advantages: so many steps has an episode.
        Tensor length = after.steps().div((double) after.returns().size(1));
        Tensor weight = after.scale().div(length).neg();
        return scores.mul(gained).sum(1).mul(weight);
    }
}
