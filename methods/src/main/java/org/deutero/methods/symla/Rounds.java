package org.deutero.methods.symla;

import org.deutero.learn.StepContext;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.DType;
import org.deutero.tensor.Functional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Episodes as rounds of a bandit: the support set is a lifetime, an input what a round shows, a target the rewards that its arms would pay. A learner may use the reward of the arm that it pulls, and no other. Of a
 * classification the true class pays 1.
 */
final class Rounds {
    private Rounds() {}

    /** Arms of a task. */
    static int arms(Episodes tasks) {
        return tasks.classification() ? tasks.way() : (int) tasks.supportY().size(2);
    }

    /** What a round shows, [tasks, 1, features]. */
    static Tensor shown(Episodes tasks, int round) {
        Tensor x = tasks.supportX().slice(1, round, round + 1);
        return Functional.vectors(x);
    }

    /** What each arm would pay in a round, [tasks, arms]. */
    private static Tensor rewards(Episodes tasks, int round, DType dtype) {
        Tensor y = tasks.supportY().select(1, round);
        return tasks.classification() ? y.oneHot(tasks.way(), dtype) : y;
    }

    /** What the pulled arm pays, [tasks]. @param action unit vectors [tasks, arms] */
    static Tensor paid(Episodes tasks, int round, Tensor action) {
        return rewards(tasks, round, action.dtype()).mul(action).sum(1);
    }

    /** The loss of a round in a lifetime of mean reward R: these sum to -R. */
    static Tensor loss(Episodes tasks, Tensor reward) {
        return reward.neg().div(tasks.supportSize());
    }

    /**
     * Draws arms, softmax(logits), by the largest of logits plus Gumbel noise. The noise belongs to arms: copies of a task, and both signs of a perturbation, get the same.
     *
     * @param logits [tasks, arms]
     * @return unit vectors [tasks, arms]
     */
    static Tensor draw(Tensor logits, StepContext context) {
        long arms = logits.size(1);
        Params noise = context.draw(
                (int) logits.size(0),
                (rng, n) -> Params.of(
                        "gumbel",
                        Tensors.uniform(rng, Double.MIN_NORMAL, 1, DType.FLOAT64, n, arms)
                                .log()
                                .neg()
                                .log()
                                .neg()
                                .to(logits.dtype())));
        Tensor gumbel = noise.to(logits.device()).get("gumbel");
        return logits.detach().add(gumbel).argmax(1).oneHot(arms, logits.dtype());
    }
}
