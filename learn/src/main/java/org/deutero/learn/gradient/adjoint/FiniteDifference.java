package org.deutero.learn.gradient.adjoint;

import java.util.Optional;
import java.util.OptionalInt;
import org.deutero.learn.Learner;
import org.deutero.learn.Lifetime;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tasks.TaskBatch;

/**
 * The adjoint sweep with central differences of inner gradients in place of second derivatives; with a single last step, the second-order
 * gradient of DARTS (Liu, Simonyan, Yang 2019, arXiv 1806.09055). No double backward at all.
 *
 * <p>Displacements have norm {@code scale}. In float64 a scale of 1e-5 gives ten digits; in float32 expect two or three with 0.01.
 *
 * @param scale norm of the displacement
 * @param steps number of last steps to go back over; empty for all
 */
public record FiniteDifference(double scale, OptionalInt steps) implements MetaGradient {
    @Override
    public String name() {
        return "finite-difference";
    }

    @Override
    public String describe() {
        return "an adjoint sweep with central differences of inner gradients in place of second derivatives; error of the order of the squared displacement"
                + (steps.isPresent()
                        ? ", and what came before the last " + steps.getAsInt() + " steps is left out"
                        : "");
    }

    @Override
    public String cost() {
        return steps.isPresent() ? "memory K P + a, time (T + 3 K) c" : "memory T P + a, time 4 T c";
    }

    @Override
    public Optional<String> misfit(Learner<?> learner) {
        return SharedRequirements.descendsExactly(learner);
    }

    @Override
    public <T extends TaskBatch<T>> Estimate estimate(Lifetime<T> lifetime) {
        require(lifetime.learner());
        return new AdjointSweep(
                        Store.ALL,
                        steps.orElse(Integer.MAX_VALUE),
                        new SplitStep(new Curvature.CentralDifference(scale)))
                .estimate(lifetime);
    }
}
