package org.deutero.methods.td3;

import org.deutero.tensor.Tensor;

/** What actions are worth; differentiable in the actions. */
@FunctionalInterface
public interface Critic {
    /**
     * The rewards to come after an action.
     *
     * @param observations [tasks, n, observations]
     * @param actions [tasks, n, numbers]
     * @return [tasks, n]
     */
    Tensor value(Tensor observations, Tensor actions);
}
