package org.deutero.tasks.files;

/** What to do about pictures that cannot be decoded, and classes with too few pictures for the tasks at hand. */
public enum Unusable {
    /** The data set is refused, with a sentence that names the culprit. */
    REFUSE,

    /** They are left out, and their number is told. */
    SKIP
}
