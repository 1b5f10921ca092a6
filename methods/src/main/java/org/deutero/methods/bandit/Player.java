package org.deutero.methods.bandit;

/**
 * A policy at play, with what it has learned so far. Belongs to one game, one thread and the scope it was begun in.
 *
 * <p>A learner of any kind fits: one that takes gradient steps on the history, one that conditions on the whole of it, or one that carries a recurrent state and reads the latest round only.
 */
public interface Player {
    /**
     * Arms to pull.
     *
     * @param contexts of this round, [bandits][features]
     * @return an arm for each bandit
     */
    int[] choose(double[][] contexts);

    /** Learns from the history, which has grown by one round, whether or not the arms in it were this player's choice. */
    void learn();
}
