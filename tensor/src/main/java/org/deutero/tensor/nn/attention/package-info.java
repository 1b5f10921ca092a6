/** Attention, and what sees only what came before: stacks of causal convolutions and causal attention, and the transformer. */
package org.deutero.tensor.nn.attention;
