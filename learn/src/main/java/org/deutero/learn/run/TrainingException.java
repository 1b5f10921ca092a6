package org.deutero.learn.run;

/** Training that cannot go on; the message says why and where the last good checkpoint is. */
public final class TrainingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** An error with the given message and cause. */
    public TrainingException(String message, Throwable cause) {
        super(message, cause);
    }
}
