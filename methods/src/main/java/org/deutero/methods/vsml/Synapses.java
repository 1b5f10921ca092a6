package org.deutero.methods.vsml;

import org.deutero.tensor.Tensor;

/**
 * The states of all synapses between two layers of units.
 *
 * @param h outputs of their LSTMs, [tasks, N, sources, targets]
 * @param c their memory, likewise
 */
public record Synapses(Tensor h, Tensor c) {}
