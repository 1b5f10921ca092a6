package org.deutero.learn.gradient;

import org.deutero.learn.Estimate;
import org.deutero.learn.Learner;
import org.deutero.learn.MetaGradient;
import org.deutero.learn.Step;
import org.deutero.learn.TaskContext;
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
    public <T extends TaskBatch<T>> Estimate estimate(Learner<T> learner, Params theta, T tasks, TaskContext context) {
        try (Scope s = Scope.open()) {
            Params leaf = theta.leaf();
            int steps = learner.steps(tasks);
            Params phi = learner.begin(leaf, tasks, context.at(0, secondOrder));
            Tensor met = null;
            for (int t = 0; t < steps; t++) {
                // What the graph does not need may go with the step's scope.
                try (Scope inner = Scope.open()) {
                    Step step = learner.step(leaf, phi, tasks, context.at(t, secondOrder));
                    phi = inner.keep(step.state());
                    if (step.loss() != null) {
                        met = inner.keep(Sums.add(met, step.loss()));
                    }
                }
            }
            Tensor losses = Sums.add(met, learner.metaLoss(leaf, phi, tasks, context.at(steps, secondOrder)));
            Params gradient = Autograd.gradient(losses.sum(), leaf, false);
            return new Estimate(s.keep(losses.detach()), s.keep(gradient));
        }
    }
}
