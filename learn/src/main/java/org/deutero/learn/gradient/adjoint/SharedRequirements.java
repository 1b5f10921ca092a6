package org.deutero.learn.gradient.adjoint;

import java.util.Optional;
import org.deutero.learn.Learner;
import org.deutero.learn.capability.GradientLearner;

/** Premises that several estimators share. */
public final class SharedRequirements {
    private SharedRequirements() {}

    /** The learner must follow the gradient of an inner loss. */
    static Optional<String> descends(Learner<?> learner) {
        return learner.as(GradientLearner.class).isPresent()
                ? Optional.empty()
                : Optional.of("it needs a learner that follows the gradient of an inner loss, and this one does not");
    }

    /** The learner must follow it exactly: the estimator differentiates the inner loss in place of the steps. */
    public static Optional<String> descendsExactly(Learner<?> learner) {
        return learner.as(GradientLearner.class)
                        .filter(g -> g.localRule().isPresent())
                        .isPresent()
                ? Optional.of("it differentiates the inner loss, and this learner follows a rule of its own instead")
                : descends(learner);
    }
}
