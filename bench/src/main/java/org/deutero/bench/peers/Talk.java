package org.deutero.bench.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The lines by which {@code bench/peers/compare} tells a process what to do: {@code open FILE} and {@code run TIMES} on standard input, and one line that starts with
 * {@code =} in answer to each. Time and memory are read from outside, so that all processes are measured alike.
 */
final class Talk {
    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private final PrintStream out = System.out;
    private Optional<Path> file = Optional.empty();

    /** From now on whatever else is printed goes to standard error. */
    Talk() {
        System.setOut(System.err);
    }

    /** The file to open next; empty at the end. */
    Optional<Path> open() {
        while (file.isEmpty() && run() > 0) {
            answer(List.of());
        }
        Optional<Path> next = file;
        file = Optional.empty();
        return next;
    }

    /** Says that what was opened is ready. */
    void ready() {
        out.println("= ready");
        out.flush();
    }

    /** Says why what was opened cannot be done. */
    void skip(String reason) {
        out.println("= skip " + reason.replace('\n', ' '));
        out.flush();
    }

    /** How many times to do it; 0 if that is over. */
    int run() {
        try {
            String line = in.readLine();
            if (line == null) {
                return 0;
            }
            if (line.startsWith("open ")) {
                file = Optional.of(Path.of(line.substring(5)));
                return 0;
            }
            return Integer.parseInt(line.substring("run ".length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says that it is done, and what came out each time. */
    void answer(List<Double> values) {
        out.println("= " + values.stream().map(String::valueOf).collect(Collectors.joining(" ")));
        out.flush();
    }
}
