package org.deutero.app.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The index of {@code docs/decisions}: each page with the decisions on it, which are its second headings, or else paragraphs that begin in bold; a page with a part "Rejected" is a single one. */
final class Decisions {
    private static final Pattern TITLE = Pattern.compile("(?m)^# (.*)$");
    private static final Pattern HEADING = Pattern.compile("(?m)^## (.*)$");
    private static final String REJECTED = "Rejected";
    private static final Pattern BOLD = Pattern.compile("(?m)^\\*\\*(.*?)\\.?\\*\\*");

    private Decisions() {}

    static List<String> index(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> lines = new ArrayList<>();
            for (Path file : files.filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                lines.add(line(file));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(Path file) throws IOException {
        String page = Files.readString(file);
        List<String> headings = all(HEADING, page);
        List<String> decisions = headings.isEmpty() ? all(BOLD, page) : headings;
        if (decisions.contains(REJECTED)) { // one decision, its page in parts
            decisions = List.of();
        }
        String name = file.getFileName().toString();
        return "- [" + all(TITLE, page).stream().findFirst().orElse(name) + "](decisions/" + name + ")"
                + (decisions.isEmpty() ? "" : ": " + String.join("; ", decisions));
    }

    private static List<String> all(Pattern pattern, String page) {
        return pattern.matcher(page).results().map(match -> match.group(1)).toList();
    }
}
