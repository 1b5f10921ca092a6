package org.deutero.experiment.incontext;

import org.deutero.experiment.RunListener;

/**
 * Is told how far a picture is.
 *
 * @param <P> the picture
 */
public interface StudyWatcher<P> {
    /** So many trainings are still to be done, and so many were done before. */
    default void begins(int toDo, int done) {}

    /** A training is about to begin; gives whoever listens to it. */
    default RunListener training(String name) {
        return RunListener.NONE;
    }

    /** It is done. */
    default void trained(String name) {}

    /** The picture of all that is done. */
    default void drawn(P picture) {}
}
