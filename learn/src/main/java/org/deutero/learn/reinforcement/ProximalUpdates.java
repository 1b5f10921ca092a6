package org.deutero.learn.reinforcement;

import java.util.Optional;
import org.deutero.learn.Capability;
import org.deutero.learn.Learner;
import org.deutero.learn.Predictor;
import org.deutero.learn.capability.AdaptivePolicy;
import org.deutero.learn.gradient.Unroll;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.learn.meta.MetaOptimizer;
import org.deutero.learn.meta.MetaRule;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.world.Worlds;

/**
 * Proximal policy optimisation in the outer loop of MAML (PPO; Schulman, Wolski, Dhariwal, Radford, Klimov 2017, arXiv 1707.06347): several steps of the meta-optimiser on the same stored episodes, each of which learns again from the inner ones and takes the gradient of the
 * clipped surrogate through all inner updates. There is no penalty on divergences, neither on those of outer steps nor, as in ProMP (Rothfuss, Lee, Clavera, Asfour, Abbeel 2019, arXiv 1810.06784), on those of inner ones. See {@link ProximalAlgorithm}.
 *
 * @param clip c: ratios of probabilities count within [1 - c, 1 + c]
 * @param epochs steps on the same episodes
 */
public record ProximalUpdates(double clip, int epochs) implements MetaRule {
    /** Its name in recipes. */
    public static final String NAME = "maml-ppo";

    /** Refuses no step. */
    public ProximalUpdates {
        if (!(clip > 0) || epochs < 1) {
            throw new IllegalArgumentException(
                    "proximal updates need a clip above 0 and at least 1 epoch, not " + clip + " and " + epochs);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String describe() {
        return epochs
                + " steps on the same episodes, each along the gradient of the clipped surrogate through all inner"
                + " updates, which are made again";
    }

    @Override
    public String cost() {
        return "memory T (P + a2), time 3 T c for each of " + epochs + " steps";
    }

    @Override
    public Optional<String> misfit(Learner<?> learner) {
        return learner.as(AdaptivePolicy.class).isPresent() ? Optional.empty() : Optional.of(TrustRegion.MISFIT);
    }

    /** The gradient of the first step. */
    @Override
    public Optional<MetaGradient> estimator() {
        return Optional.of(Unroll.FULL);
    }

    @Override
    @SuppressWarnings("unchecked") // a policy's tasks are worlds
    public <T extends TaskBatch<T>> MetaAlgorithm<T> algorithm(Predictor<T> learner, MetaOptimizer optimizer) {
        require(learner);
        Optional<AdaptivePolicy> policy = Capability.of((Learner<Worlds>) (Learner<?>) learner, AdaptivePolicy.class);
        return (MetaAlgorithm<T>) new ProximalAlgorithm(
                policy.orElseThrow(() -> new OptionsException(TrustRegion.MISFIT)), this, optimizer);
    }
}
