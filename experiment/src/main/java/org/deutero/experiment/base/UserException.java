package org.deutero.experiment.base;

/**
 * A failure that the user can mend: its message is one sentence that names the file, key or value and what was
 * expected.
 */
public final class UserException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean wrongUse;

    private UserException(boolean wrongUse, String message, Throwable cause) {
        super(message, cause);
        this.wrongUse = wrongUse;
    }

    /** Wrong use of the program or a wrong recipe. */
    public static UserException usage(String message) {
        return new UserException(true, message, null);
    }

    /** Wrong use of the program or a wrong recipe, found by way of another exception. */
    public static UserException usage(String message, Throwable cause) {
        return new UserException(true, message, cause);
    }

    /** What was asked for was right, but something it needs is missing, unreadable or unwritable. */
    public static UserException failure(String message, Throwable cause) {
        return new UserException(false, message, cause);
    }

    /** Whether something else should have been asked for, rather than a file or folder mended. */
    public boolean wrongUse() {
        return wrongUse;
    }
}
