package org.deutero.experiment;

import java.io.Serializable;

/**
 * Names a job of a recipe, so that another process can build it again.
 *
 * @param kind which
 * @param tasks of a test, 0 for the others
 * @param members of the ensemble that is tested, 1 for a single learner
 * @param part of the test tasks that is measured by itself; empty for all of them
 */
public record Errand(Kind kind, int tasks, int members, String part) implements Serializable {
    /** What is done. */
    public enum Kind {
        /** Shards of training tasks contribute to an update. */
        TRAINING,
        /** Validation tasks are learned and measured. */
        VALIDATION,
        /** Test tasks are learned and measured. */
        TEST
    }

    static final Errand TRAINING = new Errand(Kind.TRAINING, 0, 1, "");
    static final Errand VALIDATION = new Errand(Kind.VALIDATION, 0, 1, "");

    static Errand test(int tasks, int members) {
        return new Errand(Kind.TEST, tasks, members, "");
    }

    /** The same test on a part of its tasks. */
    Errand of(String name) {
        return new Errand(kind, tasks, members, name);
    }
}
