/** Lifetimes in worlds of several families, for agents that must fit into all of them. */
package org.deutero.tasks.mixture;
