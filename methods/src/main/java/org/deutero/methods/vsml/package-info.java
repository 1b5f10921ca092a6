/**
 * Variable shared meta-learning (VSML): every synapse of a network is a small LSTM, all of them with the same weights, and units pass messages forward and backward between them. The weights
 * are meta-learned; what a network learns is in the LSTMs' states.
 */
package org.deutero.methods.vsml;
