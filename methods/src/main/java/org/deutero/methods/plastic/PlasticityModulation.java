package org.deutero.methods.plastic;

import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Linear;

/**
 * How a signal m that a network computes itself rules the plasticity of its connections (Miconi, Rawal, Clune, Stanley 2019, arXiv 2002.10585). The state holds {@code trace} H and, if retroactive, {@code eligibility} E, both
 * [tasks, in, out].
 */
public enum PlasticityModulation {
    /** H := clip(H + m x y'). */
    SIMPLE,
    /** H := clip(H + x (eta(m) o y)') with eta_j(m) = {@code fan.weight}_j m + {@code fan.bias}_j for every target. */
    FAN,
    /** H := clip(H + m E) with E as it was before, then E := (1 - eta) E + eta x y': a reward now acts on what was active then. */
    RETROACTIVE;

    static final String TRACE = "trace";
    static final String ELIGIBILITY = "eligibility";

    /** Zeros like another tensor's type, before any experience. */
    Params start(Tensor like, int tasks, int in, int out) {
        Tensor zeros = Tensors.zeros(like.dtype(), tasks, in, out).to(like.device());
        Params trace = Params.of(TRACE, zeros);
        return this == RETROACTIVE ? trace.with(Params.of(ELIGIBILITY, zeros)) : trace;
    }

    /**
     * Traces after a step.
     *
     * @param theta {@code eta} for retroactive modulation, {@code fan} for that
     * @param state {@code trace} and {@code eligibility}
     * @param x activity of the sources, [tasks, 1, in]
     * @param y activity of the targets, [tasks, 1, out]
     * @param m the signal, [tasks, 1, 1]
     * @param bound of the trace; the gradient passes where it does not bind
     */
    public Params update(Params theta, Params state, Tensor x, Tensor y, Tensor m, double bound) {
        Tensor trace = state.get(TRACE);
        return switch (this) {
            case SIMPLE -> trace(trace.add(TraceRule.outer(x, y.mul(m))), bound);
            case FAN -> trace(trace.add(TraceRule.outer(x, y.mul(Linear.apply(theta.child("fan"), m)))), bound);
            case RETROACTIVE -> {
                Tensor old = state.get(ELIGIBILITY);
                Tensor eligibility = TraceRule.HEBB_DECAY.update(old, x, y, theta.get("eta"));
                yield trace(trace.add(old.mul(m)), bound).with(Params.of(ELIGIBILITY, eligibility));
            }
        };
    }

    private static Params trace(Tensor unbounded, double bound) {
        return Params.of(TRACE, unbounded.clamp(-bound, bound));
    }
}
