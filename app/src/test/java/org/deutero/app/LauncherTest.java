package org.deutero.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be told of the launcher for Windows by reading it. */
class LauncherTest {
    private static List<String> lines() throws IOException {
        return Files.readAllLines(Path.of(System.getProperty("deutero.root"), "deutero.cmd"));
    }

    /** A parenthesis in a path, as in "Program Files (x86)", ends the block that the path stands in. */
    @Test
    void noVariableStandsInABlock() throws IOException {
        assertThat(lines()).hasSizeGreaterThan(40).allSatisfy(line -> {
            boolean comment = line.startsWith("rem ");
            assertThat(comment || !line.stripTrailing().endsWith("(")).as(line).isTrue();
        });
    }

    /** An ampersand in a path begins a command of its own, except in quotes. */
    @Test
    void pathsStandInQuotes() throws IOException {
        for (String line : lines()) {
            for (String path : List.of("%JAVA%", "%JAVA_HOME%", "%ROOT%", "%APP%", "%JAR%", "%TOLD%", "%TEMP%")) {
                for (int at = line.indexOf(path); at >= 0; at = line.indexOf(path, at + 1)) {
                    long quotes =
                            line.substring(0, at).chars().filter(c -> c == '"').count();
                    assertThat(quotes % 2).as(path + " in: " + line).isOne();
                }
            }
        }
    }

    /** Two quotes in front are the empty string, and leave what follows unquoted. */
    @Test
    void noQuotesAreEmptiedByAnother() throws IOException {
        assertThat(lines()).noneSatisfy(line -> assertThat(line).contains("\"\"%"));
    }
}
