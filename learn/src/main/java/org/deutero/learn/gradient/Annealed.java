package org.deutero.learn.gradient;

import java.util.Optional;
import org.deutero.learn.Estimate;
import org.deutero.learn.Learner;
import org.deutero.learn.Lifetime;
import org.deutero.learn.MetaGradient;
import org.deutero.tasks.TaskBatch;

/**
 * Derivative-order annealing (Antoniou, Edwards, Storkey 2019, arXiv 1810.09502): first order for the first meta-iterations, then another
 * estimator.
 *
 * @param iterations of first order
 * @param then the estimator afterwards
 */
public record Annealed(long iterations, MetaGradient then) implements MetaGradient {
    @Override
    public String name() {
        return "first-order-then-" + then.name();
    }

    @Override
    public String describe() {
        return "for the first " + iterations + " iterations " + Unroll.FIRST_ORDER.describe() + "; then "
                + then.describe();
    }

    @Override
    public String cost() {
        return Unroll.FIRST_ORDER.cost() + "; then " + then.cost();
    }

    @Override
    public Optional<String> misfit(Learner<?> learner) {
        return then.misfit(learner);
    }

    @Override
    public <T extends TaskBatch<T>> Estimate estimate(Lifetime<T> lifetime) {
        MetaGradient now = lifetime.context().iteration() < iterations ? Unroll.FIRST_ORDER : then;
        return now.estimate(lifetime);
    }
}
