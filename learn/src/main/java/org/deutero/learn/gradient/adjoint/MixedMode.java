package org.deutero.learn.gradient.adjoint;

import java.util.Optional;
import org.deutero.learn.Learner;
import org.deutero.learn.Lifetime;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tasks.TaskBatch;

/**
 * The adjoint sweep with forward mode over reverse mode inside (MixFlow-MG; Kemaev, Calian, Zintgraf, Farquhar, van Hasselt 2025, arXiv
 * 2505.00793): no graph of an inner gradient is ever made. Exact to rounding.
 *
 * @param store which states are kept
 */
public record MixedMode(Store store) implements MetaGradient {
    @Override
    public String name() {
        return "mixed-mode";
    }

    @Override
    public String describe() {
        return "exact gradient by an adjoint sweep whose second derivatives are forward mode over reverse mode; least memory";
    }

    @Override
    public String cost() {
        String all = "memory T P + 2 a, time 5 T c";
        String sqrt = "memory 2 sqrt(T) P + 2 a, time 6 T c";
        return switch (store) {
            case ALL -> all;
            case SQRT -> sqrt;
            case AUTO -> all + "; beyond 16 steps " + sqrt;
        };
    }

    @Override
    public Optional<String> misfit(Learner<?> learner) {
        return SharedRequirements.descendsExactly(learner);
    }

    @Override
    public <T extends TaskBatch<T>> Estimate estimate(Lifetime<T> lifetime) {
        require(lifetime.learner());
        return new AdjointSweep(store, new DenseStep(new SplitStep(Curvature.ForwardOverReverse.INSTANCE)))
                .estimate(lifetime);
    }
}
