package org.deutero.learn.meta;

import java.util.Optional;
import org.deutero.learn.Learner;

/** A rule by which meta-parameters follow an estimated gradient: its name, what it tells of itself and its premise are the estimator's. */
public interface EstimatedRule extends MetaRule {
    /** The estimator. */
    MetaGradient gradient();

    @Override
    default String name() {
        return gradient().name();
    }

    @Override
    default String describe() {
        return gradient().describe();
    }

    @Override
    default String cost() {
        return gradient().cost();
    }

    @Override
    default Optional<String> misfit(Learner<?> learner) {
        return gradient().misfit(learner);
    }

    @Override
    default Optional<MetaGradient> estimator() {
        return Optional.of(gradient());
    }
}
