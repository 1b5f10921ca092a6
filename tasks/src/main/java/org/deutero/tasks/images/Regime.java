package org.deutero.tasks.images;

import java.util.random.RandomGenerator;

/** Which classes can meet in a task, and which labels they can have there (Rajendran, Irpan, Jang 2020, arXiv 2007.05549, section 5.1). */
public enum Regime {
    /** Any classes, in any order: the usual one, in which no label can be told from a picture alone. */
    INTER_SHUFFLE,
    /** Groups of consecutive classes, as many as a task has, in any order; classes that fill no group are left out. */
    INTRA_SHUFFLE,
    /** The same groups, whose classes always have the same labels: tasks that one classifier solves, which invites memorising. */
    NON_EXCLUSIVE;

    /** Fills {@code out} with the classes of a task in the order of their labels. */
    void choose(Chooser chooser, int choices, RandomGenerator rng, int[] out) {
        if (this == INTER_SHUFFLE) {
            chooser.choose(choices, rng, out);
            return;
        }
        int way = out.length;
        int first = way * rng.nextInt(choices / way);
        if (this == INTRA_SHUFFLE) {
            chooser.choose(way, rng, out);
        } else {
            for (int i = 0; i < way; i++) {
                out[i] = i;
            }
        }
        for (int i = 0; i < way; i++) {
            out[i] += first;
        }
    }
}
