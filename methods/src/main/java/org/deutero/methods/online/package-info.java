/** Ordinary learners of sequences, from the first item on and without any meta-learning: what a learned one has to beat on the same sequences. */
package org.deutero.methods.online;
