/** Regression tasks from tables of the user's: rows of inputs and targets, and a column that says to which task a row belongs. */
package org.deutero.tasks.table;
