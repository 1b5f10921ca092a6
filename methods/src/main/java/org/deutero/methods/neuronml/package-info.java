/** Neuromodulated meta-learning: weights and gates, each learned by a level of its own. */
package org.deutero.methods.neuronml;
