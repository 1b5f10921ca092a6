package org.deutero.tasks.world;

/**
 * What an agent must know of a world before it lives in one.
 *
 * @param observations numbers that it sees before each step
 * @param actions what it can do
 * @param limit steps of an episode at most; then it is truncated
 */
public record WorldShape(int observations, Actions actions, int limit) {
    /** Refuses episodes without a step. */
    public WorldShape {
        if (observations < 0 || limit < 1) {
            throw new IllegalArgumentException(
                    "an episode needs at least 1 step, not " + limit + ", and shows " + observations + " numbers");
        }
    }

    /** The number of actions to choose from. @throws IllegalStateException if actions are vectors */
    public int choices() {
        if (actions instanceof Actions.Discrete discrete) {
            return discrete.number();
        }
        throw new IllegalStateException("actions of this world are vectors, but a choice of actions was expected");
    }
}
