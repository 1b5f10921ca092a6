package org.deutero.methods.disco;

import org.deutero.tensor.Tensor;

/**
 * Towards what an agent should move, as logits.
 *
 * @param pi of the policy, [lifetimes, T, copies, actions]
 * @param y of the prediction of a state, [lifetimes, T, copies, predictions]
 * @param z of the prediction of a state and the action taken, likewise
 * @param summary what the lifetime's network is told of a step, [lifetimes, T, copies, 1]
 * @param input what the trajectory network saw, [lifetimes, T, copies, 27]
 */
record Targets(Tensor pi, Tensor y, Tensor z, Tensor summary, Tensor input) {}
