package org.deutero.learn.gradient;

import org.deutero.learn.Carry;
import org.deutero.learn.Estimate;
import org.deutero.learn.Learner;
import org.deutero.learn.Step;
import org.deutero.learn.TaskContext;
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
    public <T extends TaskBatch<T>> Window advance(
            Learner<T> learner, Params theta, T tasks, TaskContext context, Carry carry, int steps) {
        try (Scope s = Scope.open()) {
            Params leaf = theta.leaf();
            int lifetime = learner.steps(tasks);
            int to = (int) Math.min(lifetime, (long) carry.age() + steps);
            Params phi = carry.isStart()
                    ? learner.begin(leaf, tasks, context.at(0, true))
                    : carry.trees().child(STATE);
            Tensor losses = null;
            for (int t = carry.age(); t < to; t++) {
                Step step = learner.step(leaf, phi, tasks, context.at(t, true));
                phi = step.state();
                losses = Sums.add(losses, step.loss());
            }
            if (to == lifetime) {
                losses = Sums.add(losses, learner.metaLoss(leaf, phi, tasks, context.at(to, true)));
            }
            Window.requireLosses(name(), losses, steps, lifetime);
            Params gradient = Autograd.gradient(losses.sum(), leaf, false);
            Carry after = to == lifetime ? Carry.START : Carry.of(to, phi.under(STATE));
            return new Window(new Estimate(losses.detach(), gradient), after).keep(s);
        }
    }
}
