package org.deutero.app.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.deutero.experiment.base.UserException;
import org.deutero.tensor.files.FileReasons;

/** Patterns of file names, for shells that leave them alone: {@code *}, {@code ?} and {@code {a,b}} within a name, {@code **} over any folders. */
final class Globs {
    private static final String SPECIAL = "*?[{";

    private Globs() {}

    /**
     * The files that a word of the command line means, by name: itself, if there is such a file or it is no pattern.
     *
     * @throws UserException if nothing matches
     */
    static List<Path> expand(String word) {
        int first = firstSpecial(word);
        if (first < 0 || isFile(word)) {
            return List.of(Path.of(word));
        }
        int slash = Math.max(word.lastIndexOf('/', first), word.lastIndexOf(java.io.File.separatorChar, first));
        String prefix = word.substring(0, slash + 1);
        String pattern = word.substring(slash + 1);
        Path folder = Path.of(prefix);
        if (!Files.isDirectory(folder)) {
            throw UserException.usage("no file matches " + word + ", because there is no folder " + prefix);
        }
        // "**/" stands for no folder as well, as in shells.
        List<PathMatcher> matchers = pattern.contains("**/")
                ? List.of(matcher(pattern, word), matcher(pattern.replace("**/", ""), word))
                : List.of(matcher(pattern, word));
        int depth = pattern.contains("**")
                ? Integer.MAX_VALUE
                : (int) pattern.chars().filter(c -> c == '/').count() + 1;
        try (Stream<Path> files = Files.walk(folder, depth)) {
            List<Path> found = files.filter(Files::isRegularFile)
                    .filter(file -> matchers.stream().anyMatch(m -> m.matches(folder.relativize(file))))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw UserException.usage("no file matches " + word);
            }
            return found;
        } catch (IOException e) {
            throw UserException.failure("the folder " + folder + " cannot be read: " + FileReasons.of(e), e);
        } catch (UncheckedIOException e) {
            throw UserException.failure(
                    "a folder below " + (prefix.isEmpty() ? "this one" : prefix) + " cannot be read: "
                            + FileReasons.of(e.getCause()),
                    e);
        }
    }

    private static PathMatcher matcher(String pattern, String word) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        } catch (PatternSyntaxException e) {
            throw UserException.usage(
                    "\"" + word + "\" is no pattern of file names: "
                            + e.getDescription().toLowerCase(java.util.Locale.ROOT),
                    e);
        }
    }

    private static int firstSpecial(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (SPECIAL.indexOf(word.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isFile(String word) {
        try {
            return Files.exists(Path.of(word));
        } catch (java.nio.file.InvalidPathException e) {
            return false; // on Windows no name has a star
        }
    }
}
