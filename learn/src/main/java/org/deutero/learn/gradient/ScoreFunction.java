package org.deutero.learn.gradient;

import java.util.ArrayList;
import java.util.List;
import org.deutero.learn.Estimate;
import org.deutero.learn.Lifetime;
import org.deutero.learn.MetaGradient;
import org.deutero.learn.Passage;
import org.deutero.learn.Step;
import org.deutero.learn.Trace;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * The score-function estimator (REINFORCE; Williams 1992) for learners that choose by chance: the gradient of the expected meta-loss, g = sum_t (G_t - b_t) d log p_t/dtheta + dF/dtheta, where log p_t is
 * the log-probability that step t met ({@link Step#LOG_PROBABILITY}), G_t the losses met from step t on with the final meta-loss, and the last term the derivative along the way with all choices held
 * fixed. Unbiased.
 *
 * @param baseline b_t
 */
public record ScoreFunction(Baseline baseline) implements MetaGradient {
    /** What is subtracted from the losses to come, to lessen variance. */
    public enum Baseline {
        /** Nothing. */
        NONE,
        /** The mean of the other tasks in the batch, whose choices are independent of this one's; nothing for a single task. */
        OTHERS
    }

    /** What a step met, [tasks] each; either may be null. */
    private record Met(Tensor logProbability, Tensor loss) {}

    @Override
    public String name() {
        return "score-function";
    }

    @Override
    public String describe() {
        return "losses to come times the gradient of the log-probability of what was chosen, and the gradient along the way with choices held fixed; unbiased, variance grows with the number of choices";
    }

    @Override
    public String cost() {
        return "memory T (P + a2), time 3 T c";
    }

    @Override
    public <T extends TaskBatch<T>> Estimate estimate(Lifetime<T> lifetime) {
        try (Scope s = Scope.open()) {
            Params leaf = lifetime.theta().leaf();
            Lifetime<T> recorded = lifetime.under(leaf);
            List<Met> met = new ArrayList<>();
            Passage end = recorded.run(Trace.SECOND_ORDER, (before, step, scope) -> {
                Params kept = scope.keep(step.met());
                met.add(new Met(kept.has(Step.LOG_PROBABILITY) ? kept.get(Step.LOG_PROBABILITY) : null, step.loss()));
            });
            Tensor losses = recorded.losses(end, Trace.SECOND_ORDER);
            Tensor surrogate = losses.add(scores(met, losses));
            Params gradient = Autograd.gradient(surrogate.sum(), leaf, false);
            return new Estimate(losses.detach(), gradient).keep(s);
        }
    }

    /** Log-probabilities times what came of the choices, [tasks]. */
    private Tensor scores(List<Met> met, Tensor losses) {
        Tensor toCome = losses.detach();
        Tensor sum = null;
        for (Met step : met) {
            if (step.logProbability() != null) {
                sum = Sums.add(sum, step.logProbability().mul(advantage(toCome)));
            }
            if (step.loss() != null) {
                toCome = toCome.sub(step.loss().detach());
            }
        }
        if (sum == null) {
            throw new OptionsException(
                    "meta-gradient " + name()
                            + " needs a learner whose steps tell the log-probability of what they chose by chance, and no step of this one did");
        }
        return sum;
    }

    private Tensor advantage(Tensor toCome) {
        long tasks = toCome.size(0);
        if (baseline == Baseline.NONE || tasks == 1) {
            return toCome;
        }
        // x_i minus the mean of the others is n / (n - 1) times x_i minus the mean of all.
        return toCome.sub(toCome.mean()).mul(tasks / (tasks - 1.0));
    }
}
