package org.deutero.app.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Standard output and standard error in an encoding that has ± and the blocks of a progress bar: Java falls back to ASCII in
 * the C locale, in which most containers run although their terminals speak UTF-8.
 */
public final class Streams {
    private static final PrintStream ERROR =
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, encoding("stderr.encoding"));

    private Streams() {}

    /** Standard output. */
    public static PrintWriter out() {
        return new PrintWriter(new FileOutputStream(FileDescriptor.out), true, encoding("stdout.encoding"));
    }

    /** Standard error. */
    public static PrintStream err() {
        return ERROR;
    }

    /** A writer that shares a stream's encoding. */
    public static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, encoding("stderr.encoding")), true);
    }

    private static Charset encoding(String property) {
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows");
        if (!windows) {
            return StandardCharsets.UTF_8;
        }
        String name = System.getProperty(property);
        return name != null && Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }
}
