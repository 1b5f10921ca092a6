package org.deutero.methods.disco;

import org.deutero.tensor.Tensor;

/**
 * A rollout as the rule sees it; all constants.
 *
 * @param online what the agent said on the way, T + 1 steps
 * @param target what its target copy says of the same
 * @param experience what was done and met
 * @param values conventional ones
 * @param normalisedAdvantage in units of the lifetime, [lifetimes, T, copies]
 * @param normalisedActionAdvantage likewise, [lifetimes, T + 1, copies, actions]
 */
record Rollout(
        AgentOutputs online,
        AgentOutputs target,
        Experience experience,
        Values values,
        Tensor normalisedAdvantage,
        Tensor normalisedActionAdvantage) {}
