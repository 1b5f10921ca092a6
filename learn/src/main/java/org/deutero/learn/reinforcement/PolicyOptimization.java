package org.deutero.learn.reinforcement;

import java.util.Optional;
import org.deutero.learn.Predictor;
import org.deutero.learn.capability.PolicyLearner;
import org.deutero.learn.meta.EstimatedRule;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.learn.meta.MetaOptimizer;
import org.deutero.tasks.TaskBatch;

/**
 * Meta-parameters of a policy follow its gradient on trials that are lived in every iteration; see {@link PolicyMetaAlgorithm}.
 *
 * @param gradient on some trials
 * @param epochs in which all trials are gone over
 * @param miniBatches into which the trials of an epoch are cut, each an update
 * @param entropy how its weight goes on, in place of the loss's own
 */
public record PolicyOptimization(PolicyGradient gradient, int epochs, int miniBatches, EntropyCourse entropy)
        implements EstimatedRule {
    /** Refuses no epoch. */
    public PolicyOptimization {
        if (epochs < 1 || miniBatches < 1) {
            throw new IllegalArgumentException(
                    "trials are gone over at least once, not in " + epochs + " epochs of " + miniBatches);
        }
    }

    /** The gradient where trials are lived, before any update. */
    @Override
    public Optional<MetaGradient> estimator() {
        return Optional.of(gradient);
    }

    @Override
    public String describe() {
        double clip = gradient.loss().clip();
        String way = clip > 0
                ? "proximal policy optimisation: trials are lived once and gone over in " + epochs + " epochs of "
                        + miniBatches + " mini-batches of whole trials, with ratios of probabilities clipped at "
                        + clip + " from 1"
                : "advantage actor-critic: trials are lived and gone over once";
        return way + "; " + gradient.counted();
    }

    @Override
    public String cost() {
        return "memory T a of a mini-batch, time (1 + 3 e) T c, e = " + epochs;
    }

    @Override
    @SuppressWarnings("unchecked") // learners with a policy live in worlds
    public <T extends TaskBatch<T>> MetaAlgorithm<T> algorithm(Predictor<T> learner, MetaOptimizer optimizer) {
        require(learner);
        PolicyLearner agent = learner.as(PolicyLearner.class).orElseThrow();
        return (MetaAlgorithm<T>) new PolicyMetaAlgorithm(agent, this, optimizer);
    }
}
