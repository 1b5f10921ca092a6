/** Cues that are followed by a reward: what the one of this life is must be found out by acting. */
package org.deutero.tasks.cue;
