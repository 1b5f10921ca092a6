package org.deutero.learn.gradient;

import java.util.ArrayList;
import java.util.List;
import org.deutero.learn.Learner;
import org.deutero.learn.Step;
import org.deutero.learn.TaskContext;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * The states of an inner loop that was run without a graph. From step {@code from} on every {@code interval}-th is stored; the others are
 * computed again when asked for, a segment at a time.
 *
 * <p>States live in the scope that was open when they were computed.
 */
final class Trajectory<T extends TaskBatch<T>> {
    private final Learner<T> learner;
    private final Params theta;
    private final T tasks;
    private final TaskContext context;
    private final int from;
    private final int interval;
    private final List<Params> stored = new ArrayList<>();
    private final int steps;
    private Params last;
    private Tensor met;

    Trajectory(Learner<T> learner, Params theta, T tasks, TaskContext context, int from, int interval) {
        this.learner = learner;
        this.theta = theta.detach();
        this.tasks = tasks;
        this.context = context;
        this.from = from;
        this.interval = interval;
        this.steps = learner.steps(tasks);
        GradMode.off(this::run);
    }

    private Trajectory<T> run() {
        // Copies, because phi_0 may be a view of theta.
        Params phi = begin();
        for (int t = 0; t < steps; t++) {
            boolean stays = t >= from && (t - from) % interval == 0;
            if (stays) {
                stored.add(phi);
            }
            Params before = phi;
            try (Scope s = Scope.open()) {
                Step step = learner.step(theta, before, tasks, context.at(t, false));
                phi = s.keep(step.state().detach());
                if (step.loss() != null) {
                    met = s.keep(Sums.add(met, step.loss().detach()));
                }
            }
            if (!stays) {
                before.close();
            }
        }
        last = phi;
        return this;
    }

    private Params begin() {
        try (Scope s = Scope.open()) {
            return s.keep(learner.begin(theta, tasks, context.at(0, false)).detach());
        }
    }

    int steps() {
        return steps;
    }

    /** phi_T. */
    Params last() {
        return last;
    }

    /** The losses met on the way, [tasks], or null. */
    Tensor met() {
        return met;
    }

    /** The number of segments between stored states. */
    int segments() {
        return stored.size();
    }

    /** The number of the step that starts from the first state of a segment. */
    int firstStep(int index) {
        return from + index * interval;
    }

    /** States phi_t of one segment, in order, from the stored one on; they belong to the innermost open scope. */
    List<Params> segment(int index) {
        List<Params> states = new ArrayList<>();
        states.add(stored.get(index));
        int first = firstStep(index);
        int to = Math.min(steps, first + interval);
        return GradMode.off(() -> {
            for (int t = first; t + 1 < to; t++) {
                try (Scope s = Scope.open()) {
                    Params next = learner.step(
                                    theta,
                                    states.get(t - first),
                                    tasks,
                                    context.replay().at(t, false))
                            .state();
                    states.add(s.keep(next.detach()));
                }
            }
            return states;
        });
    }
}
