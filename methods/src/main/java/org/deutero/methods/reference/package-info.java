/** Agents that learn nothing, between which learned ones lie: one that acts at random, and one that knows the world. */
package org.deutero.methods.reference;
