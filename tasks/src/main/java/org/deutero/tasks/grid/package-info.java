/** Grids with things to collect, which pay, punish, end episodes and come back. */
package org.deutero.tasks.grid;
