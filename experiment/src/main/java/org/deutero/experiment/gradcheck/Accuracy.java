package org.deutero.experiment.gradcheck;

import org.deutero.learn.gradient.Nudging;
import org.deutero.learn.gradient.Phases;

/**
 * Phases of one length.
 *
 * @param label for tables and charts
 * @param phases of the instance
 * @param nudging how nudged phases run; null where all phases are settled to rounding
 */
record Accuracy(String label, Phases<?> phases, Nudging nudging) {
    static Accuracy of(String name, Phases<?> phases, Nudging nudging) {
        return new Accuracy(name + " (" + phases.steps() + " + " + nudging.steps() + " steps)", phases, nudging);
    }
}
