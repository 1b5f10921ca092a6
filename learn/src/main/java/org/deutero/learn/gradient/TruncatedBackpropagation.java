package org.deutero.learn.gradient;

import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.Trace;
import org.deutero.learn.gradient.adjoint.Truncated;
import org.deutero.learn.meta.Carry;
import org.deutero.learn.meta.Estimate;
import org.deutero.learn.meta.Window;
import org.deutero.learn.meta.WindowedGradient;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.optim.ClipPerTask;

/**
 * Truncated back-propagation through time (Williams, Peng 1990): {@link Unroll} window by window, the state carried over without its
 * graph. One window over a whole lifetime is {@link Unroll#FULL}.
 *
 * <p>Unlike {@link Truncated}, which goes back from the end only, it learns from the losses that all steps meet.
 *
 * @param window steps of a window
 * @param clip limits on the gradient of every task in a window, before tasks are added up
 */
public record TruncatedBackpropagation(int window, ClipPerTask clip) implements WindowedGradient {
    private static final String STATE = "state";

    /** Checks the range. */
    public TruncatedBackpropagation {
        WindowedGradient.requireSteps(window);
    }

    /** Without limits. */
    public TruncatedBackpropagation(int window) {
        this(window, ClipPerTask.NONE);
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
            // Limits are for each task's own gradient, so each needs a theta of its own to have one.
            boolean apart =
                    !clip.equals(ClipPerTask.NONE) && !lifetime.context().ownTheta();
            Params theta = lifetime.theta();
            Params leaf = (apart ? theta.expand(lifetime.tasks().size()) : theta).leaf();
            Lifetime<T> recorded =
                    apart ? lifetime.under(leaf).in(lifetime.context().withOwnTheta()) : lifetime.under(leaf);
            int all = lifetime.steps();
            int to = (int) Math.min(all, (long) carry.age() + steps);
            Passage from = carry.isStart()
                    ? recorded.start(Trace.SECOND_ORDER)
                    : new Passage(carry.age(), carry.trees().child(STATE));
            Passage end = recorded.run(from, to, Trace.SECOND_ORDER, Lifetime.Visitor.NONE);
            Tensor losses = to == all ? recorded.losses(end, Trace.SECOND_ORDER) : end.loss();
            Window.requireLosses(name(), losses, steps, all);
            Params each = clip.apply(Autograd.gradient(losses.sum(), leaf, false));
            Params gradient = apart ? each.map(g -> g.sum(0)) : each;
            Carry after = to == all ? Carry.START : Carry.of(to, end.state().under(STATE));
            return new Window(new Estimate(losses.detach(), gradient), after).keep(s);
        }
    }
}
