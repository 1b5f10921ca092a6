package org.deutero.methods.bandit;

/** A way to choose arms, before it has seen anything. Immutable; what it learns lives in its {@link Player}s. */
public interface Policy {
    /** Name in results. */
    String name();

    /**
     * Begins to play bandits side by side. Tensors that the player keeps belong to the innermost open scope.
     *
     * @param game of the bandits; its history grows as they are played
     */
    Player begin(Game game);
}
