/** Recurrent cells: a state and an input make the next state. */
package org.deutero.tensor.nn.recurrent;
