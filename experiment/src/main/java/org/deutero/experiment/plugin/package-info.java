/** Jars that add methods, sources of tasks, networks, estimators, optimisers and measures. */
package org.deutero.experiment.plugin;
