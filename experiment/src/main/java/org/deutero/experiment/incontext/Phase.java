package org.deutero.experiment.incontext;

import java.util.Locale;

/**
 * What a learner does that was meta-trained on some number of tasks, decided by two figures of seen tasks and one of unseen ones (after the phases of Kirsch, Harrison, Sohl-Dickstein, Metz 2022):
 *
 * <ol>
 *   <li>it <em>learns</em> if answers to unseen tasks become better within a sequence, by {@value #MARGIN} or more;
 *   <li>else it <em>identifies</em> the task if those to seen tasks do;
 *   <li>else it has <em>memorised</em> them if seen tasks are answered better than by chance at the first position, by as much;
 *   <li>else it does <em>nothing</em> yet, as on the plateau at chance before meta-training shows.
 * </ol>
 */
public enum Phase {
    /** At chance everywhere. */
    NOTHING,
    /** Knows the tasks it has seen, by their inputs alone. */
    MEMORISE,
    /** Finds out within a sequence which of the tasks it has seen it is. */
    IDENTIFY,
    /** Learns tasks that it has never seen. */
    LEARN;

    /** The least difference of two shares of right answers that counts. */
    public static final double MARGIN = 0.1;

    /**
     * By the rule above.
     *
     * @param chance share of right answers of a guess
     */
    public static Phase of(Positions seen, Positions unseen, double chance) {
        if (unseen.gain() >= MARGIN) {
            return LEARN;
        }
        if (seen.gain() >= MARGIN) {
            return IDENTIFY;
        }
        return seen.first().mean() - chance >= MARGIN ? MEMORISE : NOTHING;
    }

    /** As it stands in a picture. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
