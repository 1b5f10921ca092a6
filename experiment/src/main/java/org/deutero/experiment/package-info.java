/**
 * From a recipe to a run.
 *
 * <p>{@link org.deutero.experiment.Experiment} reads the sections of a recipe and refuses what nobody asked for, before any
 * data is loaded; {@link org.deutero.experiment.RunFolder} is where everything of a run lives;
 * {@link org.deutero.experiment.Runner} trains, resumes, evaluates and reports.
 */
package org.deutero.experiment;
