package org.deutero.learn.gradient;

import org.deutero.learn.Estimate;
import org.deutero.learn.Lifetime;
import org.deutero.learn.MetaGradient;
import org.deutero.learn.Passage;
import org.deutero.learn.Trace;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Reptile's direction, theta - phi_T (Nichol, Achiam, Schulman 2018): not the gradient of anything, but used like one. Its
 * expectation is that of the gradients along the inner loop, and contains the inner product of gradients of different mini-batches.
 *
 * <p>Fits learners whose fast state holds adapted copies of meta-parameters under the same names; other meta-parameters do not move.
 */
public record ReptileDirection() implements MetaGradient {
    @Override
    public String name() {
        return "reptile";
    }

    @Override
    public String describe() {
        return "the way from the initialisation to the adapted weights; no derivative of the inner loop is taken";
    }

    @Override
    public String cost() {
        return "memory P + a, time T c";
    }

    @Override
    public <T extends TaskBatch<T>> Estimate estimate(Lifetime<T> lifetime) {
        Params theta = lifetime.theta().detach();
        try (Scope s = Scope.open()) {
            Passage end = lifetime.under(theta).run(Trace.NONE);
            Params adapted = end.state();
            if (!theta.isEmpty() && theta.names().stream().noneMatch(adapted::has)) {
                throw new OptionsException(
                        "meta-gradient reptile needs a learner that adapts copies of its meta-parameters, but this one's fast state is "
                                + adapted.names());
            }
            Tensor losses = lifetime.under(theta).losses(end, Trace.NONE);
            Params.Builder direction = Params.builder();
            theta.forEach((name, start) -> direction.put(
                    name,
                    adapted.has(name)
                            ? start.unsqueeze(0).sub(adapted.get(name)).sum(0)
                            : Tensors.zerosLike(start)));
            return new Estimate(s.keep(losses), s.keep(direction.build()));
        }
    }
}
