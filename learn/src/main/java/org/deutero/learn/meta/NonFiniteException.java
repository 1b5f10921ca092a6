package org.deutero.learn.meta;

/** A meta-loss or meta-gradient that is not a finite number. */
public final class NonFiniteException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** An error that says what was not finite. */
    public NonFiniteException(String message) {
        super(message);
    }
}
