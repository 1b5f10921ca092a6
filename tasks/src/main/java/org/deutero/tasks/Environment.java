package org.deutero.tasks;

import org.deutero.tensor.Tensor;

/**
 * A simulated world, many lives at once: the last dimension of a state belongs to one life, all dimensions before it are lives. Pure and without chance; what differs between lives is in where they begin. Not differentiable through actions.
 */
public interface Environment {
    /** Numbers that describe where a life begins. */
    int features();

    /** Numbers that an agent sees. */
    int observations();

    /** Actions to choose from. */
    int actions();

    /** Steps of a life, and the largest sum of rewards. */
    int horizon();

    /** States of lives that begin so: [..., features] to [..., k]. */
    Tensor begin(Tensor start);

    /** What an agent sees, [..., observations]. */
    Tensor observe(Tensor state);

    /**
     * One step of time.
     *
     * @param state [..., k]
     * @param action int64 [...], in 0..actions-1
     */
    Outcome step(Tensor state, Tensor action);

    /**
     * What a step leads to.
     *
     * @param state [..., k]
     * @param reward [...]
     */
    record Outcome(Tensor state, Tensor reward) {}
}
