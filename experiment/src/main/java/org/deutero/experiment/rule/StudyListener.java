package org.deutero.experiment.rule;

/** Is told how far a study is; one thread tells. */
public interface StudyListener {
    /** Hears nothing. */
    StudyListener NONE = new StudyListener() {};

    /** A plain line. */
    default void message(String line) {}

    /** Work of so many equal pieces begins now. */
    default void begins(int pieces) {}

    /** One more piece is done. */
    default void done(String what) {}
}
