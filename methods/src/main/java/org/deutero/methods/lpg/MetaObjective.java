package org.deutero.methods.lpg;

/**
 * What meta-learning lowers.
 *
 * @param kind of the objective
 * @param regularizers added to a policy gradient
 * @param every so many updates of the agents, the policy gradient is taken on another rollout
 */
public record MetaObjective(Kind kind, Regularizers regularizers, int every) {
    /** Kinds of objectives. */
    public enum Kind {
        /** For gradients: after every few updates, minus mean log pi(a|s) A of a rollout with the agents as they are then, and regularisers of these updates. */
        POLICY_GRADIENT,
        /** For evolution: minus the mean return of an episode's time in fresh lives, with the agents as they are at the end of the lifetime. */
        RETURN
    }
}
