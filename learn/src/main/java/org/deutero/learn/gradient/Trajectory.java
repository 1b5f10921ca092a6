package org.deutero.learn.gradient;

import java.util.ArrayList;
import java.util.List;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.Trace;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/**
 * The states of an inner loop that was run without a graph. From step {@code from} on every {@code interval}-th is stored; the others are
 * computed again when asked for, a segment at a time.
 *
 * <p>States live in the scope that was open when they were computed.
 */
final class Trajectory<T extends TaskBatch<T>> {
    private final Lifetime<T> lifetime;
    private final int from;
    private final int interval;
    private final List<Params> stored = new ArrayList<>();
    private final Passage end;

    Trajectory(Lifetime<T> lifetime, int from, int interval) {
        this.lifetime = lifetime.detach();
        this.from = from;
        this.interval = interval;
        this.end = this.lifetime.run(Trace.NONE, (before, step, scope) -> {
            int t = before.age();
            if (t >= from && (t - from) % interval == 0) {
                stored.add(scope.keep(before.state().detach()));
            }
        });
    }

    /** The number of steps. */
    int steps() {
        return end.age();
    }

    /** phi_T. */
    Params last() {
        return end.state();
    }

    /** The losses met on the way, [tasks], or null. */
    Tensor met() {
        return end.loss();
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
        int to = Math.min(steps(), first + interval);
        Passage now = new Passage(first, stored.get(index));
        while (now.age() + 1 < to) {
            now = lifetime.replay().run(now, now.age() + 1, Trace.NONE, Lifetime.Visitor.NONE);
            states.add(now.state());
        }
        return states;
    }
}
