/** Several trained runs on the same tasks: who is better, by how much, under which conditions, and where each goes wrong. */
package org.deutero.experiment.compare;
