package org.deutero.learn.reinforcement;

import java.util.Optional;
import org.deutero.learn.Capability;
import org.deutero.learn.Learner;
import org.deutero.learn.Predictor;
import org.deutero.learn.capability.AdaptivePolicy;
import org.deutero.learn.meta.MetaAlgorithm;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.learn.meta.MetaOptimizer;
import org.deutero.learn.meta.MetaRule;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.world.Worlds;

/**
 * Trust region policy optimisation in the outer loop (TRPO; Schulman, Levine, Moritz, Jordan, Abbeel 2015, arXiv 1502.05477; for MAML Finn, Abbeel, Levine 2017, section 5.3): the step x that lowers the surrogate most while the mean divergence of the learned policies stays small, from F x = g by conjugate gradients, and then backtracking until
 * the surrogate is lower and the divergence small enough indeed. See {@link TrustRegionAlgorithm}.
 *
 * @param divergence the largest mean KL between the learned policies before and after an update, in nats
 * @param iterations of conjugate gradients
 * @param damping added to F, times the identity
 * @param backtracks at most
 * @param ratio of a step to the one tried before
 */
public record TrustRegion(double divergence, int iterations, double damping, int backtracks, double ratio)
        implements MetaRule {
    /** Its name in recipes. */
    public static final String NAME = "trpo";

    /** What is wrong with a learner of another kind. */
    static final String MISFIT =
            "it needs a learner whose state is a policy that can be learned again from stored episodes, such as maml"
                    + " in worlds";

    /** As in rllab. */
    public static final TrustRegion PUBLISHED = new TrustRegion(0.01, 10, 1e-5, 15, 0.8);

    /** Refuses regions without a step. */
    public TrustRegion {
        if (!(divergence > 0) || iterations < 1 || !(damping >= 0) || backtracks < 0 || !(ratio > 0 && ratio < 1)) {
            throw new IllegalArgumentException("a trust region of " + divergence + " nats with " + iterations
                    + " iterations, damping " + damping + " and " + backtracks + " backtracks by " + ratio
                    + " has no step");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String describe() {
        return "natural-gradient step of at most " + divergence
                + " nats through all inner updates, found by conjugate gradients with exact products of the curvature"
                + " of the divergence, then backtracked";
    }

    @Override
    public String cost() {
        return "memory T (P + a2), time (3 + 6 k) T c, k = " + iterations;
    }

    @Override
    public Optional<String> misfit(Learner<?> learner) {
        return learner.as(AdaptivePolicy.class).isPresent()
                ? Optional.empty()
                : Optional.of(
                        "it needs a learner whose state is a policy that can be learned again from stored episodes,"
                                + " such as maml in worlds");
    }

    /** None: the step is not along the gradient. */
    @Override
    public Optional<MetaGradient> estimator() {
        return Optional.empty();
    }

    @Override
    @SuppressWarnings("unchecked") // a policy's tasks are worlds
    public <T extends TaskBatch<T>> MetaAlgorithm<T> algorithm(Predictor<T> learner, MetaOptimizer optimizer) {
        require(learner);
        Optional<AdaptivePolicy> policy = Capability.of((Learner<Worlds>) (Learner<?>) learner, AdaptivePolicy.class);
        return (MetaAlgorithm<T>) new TrustRegionAlgorithm(
                policy.orElseThrow(() -> new OptionsException(name() + " needs a policy")), this);
    }
}
