/** Markov decision processes that are written down as tables. */
package org.deutero.tasks.mdp;
