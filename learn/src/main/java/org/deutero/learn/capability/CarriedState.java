package org.deutero.learn.capability;

import org.deutero.learn.Capability;

/**
 * A learner that learns in a state: how large what it carries from one item to the next is. What it can know of a task is bounded by that number, not by the number of its meta-parameters (Kirsch, Harrison, Sohl-Dickstein, Metz 2022).
 */
public interface CarriedState extends Capability {
    /** Numbers that are carried on after so many items of a task. */
    long carried(int told);

    /** The most items that a task may have if a question comes after them; {@link Integer#MAX_VALUE} if there is no limit. */
    int longest();
}
