package org.deutero.learn.evolution.cma;

import org.deutero.tensor.Tensor;

/**
 * One generation.
 *
 * @param z standard normal numbers, [population, n]
 * @param y C^{1/2} z
 * @param x m + sigma y, as drawn; they may lie outside the bounds
 * @param feasible what is to be evaluated: x, repaired where it lies outside the bounds
 */
public record Candidates(Tensor z, Tensor y, Tensor x, Tensor feasible) {}
