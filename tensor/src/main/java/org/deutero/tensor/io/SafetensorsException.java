package org.deutero.tensor.io;

/** A file that is not a whole, well-formed safetensors file; the message names the file and what is wrong. */
public final class SafetensorsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** An error with the given message. */
    public SafetensorsException(String message) {
        super(message);
    }

    /** An error with the given message and cause. */
    public SafetensorsException(String message, Throwable cause) {
        super(message, cause);
    }
}
