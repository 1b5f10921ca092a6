package org.deutero.app;

/**
 * A failure that the user can mend: its message is one sentence that names the file, key or value and what was
 * expected, and is all that is printed.
 */
public final class UserException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private UserException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** Wrong use of the command or a wrong recipe. */
    public static UserException usage(String message) {
        return new UserException(ExitCode.USAGE, message, null);
    }

    /** Wrong use of the command or a wrong recipe, found by way of another exception. */
    public static UserException usage(String message, Throwable cause) {
        return new UserException(ExitCode.USAGE, message, cause);
    }

    /** The command was right, but something it needs is missing, unreadable or unwritable. */
    public static UserException failure(String message, Throwable cause) {
        return new UserException(ExitCode.FAILURE, message, cause);
    }

    /** The process exit code that goes with it. */
    public int exitCode() {
        return exitCode;
    }
}
