package org.deutero.learn.gradient;

import org.deutero.learn.Carry;
import org.deutero.learn.Estimate;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.Trace;
import org.deutero.learn.Window;
import org.deutero.learn.WindowedGradient;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * Truncated back-propagation through time (Williams, Peng 1990): {@link Unroll} window by window, the state carried over without its
 * graph. One window over a whole lifetime is {@link Unroll#FULL}.
 *
 * <p>Unlike {@link Truncated}, which goes back from the end only, it learns from the losses that all steps meet.
 *
 * @param window steps of a window
 */
public record TruncatedBackpropagation(int window) implements WindowedGradient {
    private static final String STATE = "state";

    /** Checks the range. */
    public TruncatedBackpropagation {
        WindowedGradient.requireSteps(window);
    }

    @Override
    public String name() {
        return "truncated-bptt";
    }

    @Override
    public String describe() {
        return "back-propagation in windows of " + window
                + " steps; biased towards short horizons: what a window does to later ones is left out";
    }

    @Override
    public String cost() {
        return "memory K (P + a2) for windows of K = " + window + ", time 3 T c";
    }

    @Override
    public <T extends TaskBatch<T>> Window advance(Lifetime<T> lifetime, Carry carry, int steps) {
        try (Scope s = Scope.open()) {
            Params leaf = lifetime.theta().leaf();
            Lifetime<T> recorded = lifetime.under(leaf);
            int all = lifetime.steps();
            int to = (int) Math.min(all, (long) carry.age() + steps);
            Passage from = carry.isStart()
                    ? recorded.start(Trace.SECOND_ORDER)
                    : new Passage(carry.age(), carry.trees().child(STATE));
            Passage end = recorded.run(from, to, Trace.SECOND_ORDER, Lifetime.Visitor.NONE);
            Tensor losses = to == all ? recorded.losses(end, Trace.SECOND_ORDER) : end.loss();
            Window.requireLosses(name(), losses, steps, all);
            Params gradient = Autograd.gradient(losses.sum(), leaf, false);
            Carry after = to == all ? Carry.START : Carry.of(to, end.state().under(STATE));
            return new Window(new Estimate(losses.detach(), gradient), after).keep(s);
        }
    }
}
