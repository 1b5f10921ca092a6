package org.deutero.tasks;

/**
 * Data that cannot be used. The message is one sentence for the user: it names the file, class or key, and says what was
 * expected of it.
 */
public class DataException extends RuntimeException {

    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
