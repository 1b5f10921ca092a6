/** Gradient descent whose step sizes are learned, the simplest of learned optimisers. */
package org.deutero.methods.rates;
