package org.deutero.methods.policy;

import org.deutero.learn.action.ActionDistribution;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * Episodes as a policy learns from them. All of it is constant.
 *
 * @param seen [tasks, moments, numbers], moments being episode by episode
 * @param actions [tasks, n, steps] or [tasks, n, steps, numbers]
 * @param lived 1 for steps that were taken, [tasks, n, steps]
 * @param advantage 0 for others, [tasks, n, steps]
 * @param returns sums of rewards, [tasks, n]
 * @param worth the same as advantages add them up, discounted, [tasks, n]
 * @param scale what advantages were multiplied with, [tasks]
 */
record Lesson(Tensor seen, Tensor actions, Tensor lived, Tensor advantage, Tensor returns, Tensor worth, Tensor scale) {
    /** As a tree. */
    Params toParams() {
        return Params.builder()
                .put("seen", seen)
                .put("actions", actions)
                .put("lived", lived)
                .put("advantage", advantage)
                .put("returns", returns)
                .put("worth", worth)
                .put("scale", scale)
                .build();
    }

    /** From {@link #toParams}. */
    static Lesson of(Params tree) {
        return new Lesson(
                tree.get("seen"),
                tree.get("actions"),
                tree.get("lived"),
                tree.get("advantage"),
                tree.get("returns"),
                tree.get("worth"),
                tree.get("scale"));
    }

    /** Log-probabilities of what was done, 0 for steps that were not taken, [tasks, n, steps]. */
    Tensor logProbabilities(ActionDistribution policy) {
        return policy.logProbability(Trajectories.moments(actions))
                .reshape(lived.shape())
                .mul(lived);
    }

    /** The mean over steps that were taken, [tasks]. */
    Tensor mean(Tensor each) {
        return each.mul(lived).sum(1, 2).div(steps());
    }

    /** Steps that were taken, [tasks]. */
    Tensor steps() {
        return lived.sum(1, 2);
    }
}
