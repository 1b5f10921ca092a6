package org.deutero.methods.vsml;

import org.deutero.tensor.Tensor;

/**
 * Messages of units, [tasks, slots, units]. Missing slots at the end, up to the rule's M, stand for zeros.
 *
 * @param forward of source units to targets, or of target units onwards
 * @param backward of target units to sources, or of source units onwards
 */
public record Messages(Tensor forward, Tensor backward) {}
