package org.deutero.methods.metagenrl;

import org.deutero.methods.td3.Critic;
import org.deutero.methods.td3.Segments;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.optim.Optimizer;

/**
 * What an objective is worth: minus what a critic says of policies after some steps down it (Kirsch, van Steenkiste, Schmidhuber 2020, equation 8). The steps are tried, not taken; each sees segments of its own, and all of them and as many more are what the policies are judged on.
 *
 * @param step down the objective
 * @param steps K
 */
public record MetaLoss(ObjectiveStep step, int steps) {
    /** Refuses no steps. */
    public MetaLoss {
        if (steps < 1) {
            throw new IllegalArgumentException("an objective is judged after at least 1 step, not " + steps);
        }
    }

    /**
     * What came of it.
     *
     * @param loss minus the worth, [tasks]
     * @param policy after the steps
     */
    public record Outcome(Tensor loss, Params policy) {}

    /**
     * Tries it.
     *
     * @param policy to start from, [tasks, ...]
     * @param slots of the step's optimiser
     * @param segments a multiple of K + 1 of each task, in that many groups
     * @param critic who judges
     * @param differentiable whether the loss is to be differentiable in alpha
     * @param number of the first step, for the optimiser
     */
    public Outcome of(
            Params alpha,
            Params policy,
            Params slots,
            Segments segments,
            Critic critic,
            boolean differentiable,
            long number) {
        int group = segments.number() / (steps + 1);
        if (group * (steps + 1) != segments.number()) {
            throw new IllegalArgumentException(
                    segments.number() + " segments do not make " + (steps + 1) + " groups of one size");
        }
        Optimizer.Update at = new Optimizer.Update(policy, slots);
        for (int k = 0; k < steps; k++) {
            Segments seen = segments.slice(k * group, (k + 1) * group);
            at = step.step(alpha, at.params(), at.state(), seen, critic, 1, differentiable, number + k);
        }
        return new Outcome(step.worth(at.params(), segments, critic).neg(), at.params());
    }
}
