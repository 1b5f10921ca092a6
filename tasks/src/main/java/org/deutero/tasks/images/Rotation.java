package org.deutero.tasks.images;

/**
 * What quarter turns do to the classes of an episode.
 *
 * <p>They are applied when an episode is drawn, so always after the classes were split: a character and its turned self
 * are never on both sides of the border.
 */
public enum Rotation {
    /** Images stand as they are. */
    NONE,

    /**
     * Each class counts as four, one for each quarter turn (Snell et al. 2017 and others). An episode may then hold one
     * character at two angles as two classes, and a character that looks the same at both cannot be told apart: a small
     * error that no learner can avoid.
     */
    CLASSES,

    /** Each class of an episode is turned by an angle of its own, drawn anew; all its images turn together (MAML). */
    RANDOM
}
