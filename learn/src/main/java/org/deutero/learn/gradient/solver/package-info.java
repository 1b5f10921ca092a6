/** Solvers of linear systems whose matrices can only be multiplied with, for a batch of tasks at once. */
package org.deutero.learn.gradient.solver;
