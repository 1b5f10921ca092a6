/**
 * From a recipe to a run, as a library.
 *
 * <p>{@link org.deutero.experiment.Experiment} reads the sections of a recipe and refuses what nobody asked for, before any
 * data is loaded, and {@linkplain org.deutero.experiment.Experiment#train trains}; a {@link org.deutero.experiment.RunListener} hears how far it is, and a
 * {@link org.deutero.experiment.RunResult} holds what came out. {@link org.deutero.experiment.RunFolder} is where everything of a run lives;
 * {@link org.deutero.experiment.Runner} does its parts one by one: train, resume, measure, export.
 */
package org.deutero.experiment;
