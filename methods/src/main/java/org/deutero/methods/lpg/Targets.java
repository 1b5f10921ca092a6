package org.deutero.methods.lpg;

import org.deutero.tensor.Tensor;

/**
 * What a learned objective wants of an agent at every moment.
 *
 * @param policy the factor on log pi of the action that was taken, [lifetimes, copies, steps]
 * @param prediction what the prediction should be, a distribution [lifetimes, copies, steps, bins]
 */
public record Targets(Tensor policy, Tensor prediction) {}
