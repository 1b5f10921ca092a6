package org.deutero.learn.gradient;

import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.Step;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

/**
 * Reptile's direction, theta - phi_T (Nichol, Achiam, Schulman 2018): not the gradient of anything, but used like one. Its
 * expectation is that of the gradients along the inner loop, and contains the inner product of gradients of different mini-batches.
 *
 * <p>Fits learners whose fast state holds adapted copies of meta-parameters under the same names; other meta-parameters do not move.
 */
public record ReptileDirection() implements TrajectoryDirection {
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
    public <T extends TaskBatch<T>> Onlooker onlooker(Lifetime<T> lifetime) {
        return new Onlooker() {
            @Override
            public void stepped(Passage before, Step step, Scope scope) {
                // Only the end counts.
            }

            @Override
            public Params direction(Passage end) {
                Params adapted = end.state();
                Params.Builder direction = Params.builder();
                lifetime.theta()
                        .filter(adapted::has)
                        .forEach((name, start) -> direction.put(
                                name, start.unsqueeze(0).sub(adapted.get(name)).sum(0)));
                return direction.build();
            }
        };
    }
}
