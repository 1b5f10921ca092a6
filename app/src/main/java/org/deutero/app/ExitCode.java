package org.deutero.app;

/** Exit codes of the {@code deutero} command. */
public final class ExitCode {
    /** All went well. */
    public static final int OK = 0;

    /** The work failed: missing data, diverged training, an unwritable folder. */
    public static final int FAILURE = 1;

    /** The command line or the recipe is wrong. */
    public static final int USAGE = 2;

    /** A signal ended the work, as shells have it for Ctrl-C; 143 for a request to terminate. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
