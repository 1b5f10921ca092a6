/** How test tasks go that are no episodes: what reports draw of lifetimes, training runs and sequences. */
package org.deutero.experiment.course;
