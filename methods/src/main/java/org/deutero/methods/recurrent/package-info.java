/**
 * Agents that learn within their state: RL^2 and MetaRNN, and policies without that memory to hold them against. One learner, {@link org.deutero.methods.recurrent.RecurrentAgent}, of which they are settings.
 */
package org.deutero.methods.recurrent;
