package org.deutero.learn.gradient.adjoint;

import org.deutero.learn.Lifetime;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tasks.TaskBatch;

/**
 * Back-propagation through the last K steps only (Shaban, Cheng, Hatch, Boots 2019): g = dF/dtheta + sum over t of the last K of B_t' lambda_{t+1}. With
 * K = 1 it is the one-step look-ahead gradient.
 *
 * <p>Biased towards short horizons (Wu, Ren, Liao, Grosse 2018); near a minimum of a strongly convex inner loss the error falls as (1 - alpha mu)^K. Meta-parameters that act only through phi_0
 * would get nothing, so learners that have any are refused.
 *
 * @param steps K
 */
public record Truncated(int steps) implements MetaGradient {
    @Override
    public String name() {
        return "truncated";
    }

    @Override
    public String describe() {
        return "back-propagation through the last " + steps
                + " steps; biased towards short horizons: what earlier steps did to the result is left out";
    }

    @Override
    public String cost() {
        return "memory K P + a2, time (T + 3 K) c";
    }

    @Override
    public <T extends TaskBatch<T>> Estimate estimate(Lifetime<T> lifetime) {
        return new AdjointSweep(Store.ALL, steps, new DenseStep(TapedStep.INSTANCE)).estimate(lifetime);
    }
}
