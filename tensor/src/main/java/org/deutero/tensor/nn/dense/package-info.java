/** Losses of dense networks with first and second derivatives in closed form, without a graph; see docs/decisions/small-products.md. */
package org.deutero.tensor.nn.dense;
