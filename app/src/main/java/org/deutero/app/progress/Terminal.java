package org.deutero.app.progress;

import java.io.Console;

/** Whether a person is looking. */
final class Terminal {
    private Terminal() {}

    /**
     * The launcher asks the shell and says so in {@code deutero.terminal}, since Java cannot tell standard error
     * from the rest. Without it the console decides: null before JDK 22 unless input and output are terminals,
     * from then on never null, but able to say.
     */
    static boolean errorIsTerminal() {
        if ("dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        String told = System.getProperty("deutero.terminal");
        return told == null ? consoleIsTerminal(System.console()) : Boolean.parseBoolean(told);
    }

    private static boolean consoleIsTerminal(Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException beforeJdk22) {
            return true;
        }
    }
}
