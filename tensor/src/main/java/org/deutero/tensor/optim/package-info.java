/**
 * Differentiable optimisers: pure functions of gradients, slots and parameters, the same objects in the inner and in the outer
 * loop.
 */
package org.deutero.tensor.optim;
