package org.deutero.tasks.world;

import org.deutero.tensor.Tensor;

/** A world in which it is known what an action is worth: the rewards that are expected from it on. A critic without errors, for learners that say that they ask it, and for measures. */
public interface Valued extends World {
    /**
     * What actions are worth; differentiable in the actions.
     *
     * @param observations what is seen, [lifetimes, n, observations]
     * @param actions vectors within the bounds of the world, [lifetimes, n, numbers]
     * @return [lifetimes, n], in the type of the actions
     */
    Tensor value(Tensor observations, Tensor actions);
}
