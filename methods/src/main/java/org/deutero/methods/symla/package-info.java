/**
 * Symmetric learning agents (SymLA): the rule of {@link org.deutero.methods.vsml} that is also given rewards and its units' own messages, and decides instead of predicting.
 */
package org.deutero.methods.symla;
