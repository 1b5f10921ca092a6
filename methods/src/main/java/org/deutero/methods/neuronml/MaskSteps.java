package org.deutero.methods.neuronml;

/**
 * Gates of every task's own: before its weights, a task moves a copy of the gates down the gradient of its support loss and of those terms of the structure
 * that a task has by itself (all but plasticity). An extension: the paper has one structure for all tasks.
 *
 * @param steps how many; 0 for gates that all tasks share
 * @param rate their step size
 */
public record MaskSteps(int steps, double rate) {
    /** Gates that all tasks share. */
    public static final MaskSteps NONE = new MaskSteps(0, 1);

    /** Checks ranges. */
    public MaskSteps {
        if (steps < 0 || !(rate > 0)) {
            throw new IllegalArgumentException(
                    "gates of every task's own need a positive rate and no negative number of steps, not " + rate
                            + " and " + steps);
        }
    }
}
