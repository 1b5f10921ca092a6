package org.deutero.tensor.files;

/**
 * Names of files in letters that the locale does not have. On systems where names are bytes, Java takes their encoding from the locale at its start and cannot change it
 * afterwards: in the locale C, a name in any other letters than ASCII's is read with replacement characters, which no longer name the file.
 */
public final class FileNames {
    private static final char REPLACEMENT = '\uFFFD';

    private FileNames() {}

    /** Whether letters of a name were lost when it was read. */
    public static boolean lost(String name) {
        return name.indexOf(REPLACEMENT) >= 0;
    }

    /** What to do about it, to follow what was lost. */
    public static String advice() {
        return "has letters that Java cannot read in this locale (" + System.getProperty("sun.jnu.encoding", "unknown")
                + "); set LC_ALL=C.UTF-8, or another locale in UTF-8, in the environment";
    }
}
