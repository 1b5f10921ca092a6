package org.deutero.tensor.io;

/** A file that is not a whole, well-formed {@code .npz}, or lacks what was asked of it; the message names the file, the entry and what is wrong. */
public final class NpzException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** An error with the given message. */
    public NpzException(String message) {
        super(message);
    }

    /** An error with the given message and cause. */
    public NpzException(String message, Throwable cause) {
        super(message, cause);
    }
}
