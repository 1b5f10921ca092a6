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
    /** Nothing changes, and the state holds neither: the plain recurrent network to compare with. */
    NONE,
    /** H := (1 - eta) H + eta x y', whatever the signal: a plastic network to compare with. */
    UNMODULATED,
    /** H := clip(H + m x y'). */
    SIMPLE,
    /** H := clip(H + x (eta(m) o y)') with eta_j(m) = {@code fan.weight}_j m + {@code fan.bias}_j for every target. */
    FAN,
    /** H := clip(H + m E) with E as it was before, then E := (1 - eta) E + eta x y': a reward now acts on what was active then. */
    RETROACTIVE;

    static final String TRACE = "trace";
    static final String ELIGIBILITY = "eligibility";

    /** Whether connections have a trace, and a plasticity by which it counts. */
    boolean plastic() {
        return this != NONE;
    }

    /** Whether a signal rules the trace. */
    boolean modulated() {
        return plastic() && this != UNMODULATED;
    }

    /** Whether a rate {@code eta} [1] is learned. */
    boolean rated() {
        return this == UNMODULATED || this == RETROACTIVE;
    }

    /** Zeros like another tensor's type, before any experience. */
    Params start(Tensor like, int tasks, int in, int out) {
        if (!plastic()) {
            return Params.EMPTY;
        }
        Tensor zeros = Tensors.zeros(like.dtype(), tasks, in, out).to(like.device());
        Params trace = Params.of(TRACE, zeros);
        return this == RETROACTIVE ? trace.with(Params.of(ELIGIBILITY, zeros)) : trace;
    }

    /**
     * Traces after a step.
     *
     * @param theta {@code eta} for retroactive modulation and for none, {@code fan} for that
     * @param state {@code trace} and {@code eligibility}
     * @param x activity of the sources, [tasks, 1, in]
     * @param y activity of the targets, [tasks, 1, out]
     * @param m the signal, [tasks, 1, 1]; null without modulation
     * @param bound of the trace under modulation; the gradient passes where it does not bind
     */
    public Params update(Params theta, Params state, Tensor x, Tensor y, Tensor m, double bound) {
        return switch (this) {
            case NONE -> Params.EMPTY;
            case UNMODULATED -> Params.of(TRACE, TraceRule.HEBB_DECAY.update(state.get(TRACE), x, y, theta.get("eta")));
            case SIMPLE -> grown(state, TraceRule.outer(x, y.mul(m)), bound);
            case FAN -> grown(state, TraceRule.outer(x, y.mul(Linear.apply(theta.child("fan"), m))), bound);
            case RETROACTIVE -> {
                Tensor old = state.get(ELIGIBILITY);
                Tensor eligibility = TraceRule.HEBB_DECAY.update(old, x, y, theta.get("eta"));
                yield grown(state, old.mul(m), bound).with(Params.of(ELIGIBILITY, eligibility));
            }
        };
    }

    private static Params grown(Params state, Tensor growth, double bound) {
        return Params.of(TRACE, state.get(TRACE).add(growth).clamp(-bound, bound));
    }
}
