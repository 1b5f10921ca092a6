/** The {@code tasks} section of a recipe: one class for each source of tasks, which reads its keys and loads its data. */
package org.deutero.experiment.source;
