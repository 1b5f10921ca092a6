/** Attention, and stacks of layers that see only what came before: causal convolutions and causal attention. */
package org.deutero.tensor.nn.attention;
