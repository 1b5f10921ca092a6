/** What becomes of a source of tasks in an experiment: features of pictures by trained encoders, and sequences. */
package org.deutero.experiment.source;
