package org.deutero.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command in a process of its own, as users start it; with a virtual machine that is quick to start, since it works for seconds. */
final class OwnProcess {
    private OwnProcess() {}

    /** The words of a command line. */
    static List<String> command(String... arguments) {
        return command(List.of(arguments));
    }

    /** The words of a command line. */
    static List<String> command(List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        words.addAll(arguments);
        return words;
    }

    /** What a process said, without the line by which a virtual machine announces JAVA_TOOL_OPTIONS where that is set. */
    static String said(String text) {
        return text.replaceAll("(?m)^(NOTE: )?Picked up \\w*JAVA\\w*OPTIONS: .*\\R", "");
    }
}
