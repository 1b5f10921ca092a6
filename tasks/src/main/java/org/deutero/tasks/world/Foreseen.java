package org.deutero.tasks.world;

import org.deutero.tensor.Tensor;

/** A world that can be asked what each action would pay, so that decisions can be measured without the luck of what was done. Agents must not ask. */
public interface Foreseen extends World {
    /** What each action pays in a step of the lifetime, [lifetimes, actions]. */
    Tensor pays(int step);

    /** What each action is expected to pay, [lifetimes, actions]. */
    Tensor expected(int step);
}
