package org.deutero.learn.gradient;

import java.util.Optional;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Trace;
import org.deutero.learn.gradient.adjoint.DenseUnroll;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * Reverse mode on one graph of the whole inner loop (Domke 2012; Maclaurin, Duvenaud, Adams 2015).
 *
 * <p>Second order: exact; memory grows with T times the graph of a differentiated step. First order: inner gradients are constants,
 * which leaves out every second derivative. For a learned initialisation that is FOMAML (Finn, Abbeel, Levine 2017, section 5.2).
 *
 * @param secondOrder whether inner gradients are differentiated
 */
public record Unroll(boolean secondOrder) implements MetaGradient {
    /** The exact gradient. */
    public static final Unroll FULL = new Unroll(true);

    /** Inner gradients as constants. */
    public static final Unroll FIRST_ORDER = new Unroll(false);

    @Override
    public String name() {
        return secondOrder ? "unroll" : "first-order";
    }

    @Override
    public String describe() {
        return secondOrder
                ? "exact gradient through the graph of all inner steps; memory grows with the number of steps"
                : "inner gradients taken as constants: second derivatives are left out";
    }

    @Override
    public String cost() {
        return secondOrder ? "memory T (P + a2), time 3 T c" : "memory T P + a, time T c";
    }

    @Override
    public <T extends TaskBatch<T>> Estimate estimate(Lifetime<T> lifetime) {
        Optional<DenseUnroll<T>> dense = secondOrder ? DenseUnroll.of(lifetime) : Optional.empty();
        return dense.map(DenseUnroll::estimate).orElseGet(() -> recorded(lifetime));
    }

    private <T extends TaskBatch<T>> Estimate recorded(Lifetime<T> lifetime) {
        Trace trace = secondOrder ? Trace.SECOND_ORDER : Trace.FIRST_ORDER;
        try (Scope s = Scope.open()) {
            Params leaf = lifetime.theta().leaf();
            Lifetime<T> leafed = lifetime.under(leaf);
            Tensor losses = leafed.losses(leafed.run(trace), trace);
            Params gradient = Autograd.gradient(losses.sum(), leaf, false);
            return new Estimate(s.keep(losses.detach()), s.keep(gradient));
        }
    }
}
