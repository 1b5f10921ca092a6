/** Learners that take in the support set as a sequence, by causal convolutions and attention. */
package org.deutero.methods.snail;
