package org.deutero.tasks.world;

import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;

/** A world that can be written down as tables, so that the best that can be done in it is known. Agents that learn must not ask. */
public interface Tabular extends World {
    /**
     * What a world does.
     *
     * @param pays expected reward of an action in a state, float64 [lifetimes, states, actions]
     * @param moves probability of the next state, float64 [lifetimes, states, actions, states]; rows that add up to less than 1 end the episode otherwise
     */
    record Tables(Tensor pays, Tensor moves) {}

    /** The tables of all lifetimes. @throws IllegalArgumentException if they are too large to be written down */
    Tables tables();

    /** Numbers of the states in which lives are, int64 [lifetimes, copies]. */
    Tensor number(Params state);
}
