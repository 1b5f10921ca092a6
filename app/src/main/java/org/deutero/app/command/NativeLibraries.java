package org.deutero.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which files the process has loaded its native code from: two copies of libtorch in one process end in a crash. */
final class NativeLibraries {
    private static final Path MAPS = Path.of("/proc/self/maps");
    private static final Pattern INTERESTING = Pattern.compile(".*/lib(torch|c10|openblas|gomp|iomp|jnitorch)[^/]*");

    private NativeLibraries() {}

    /** Paths of libtorch and its kin; none on systems that do not tell. */
    static List<String> loaded() {
        if (!Files.isReadable(MAPS)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(MAPS)) {
            return lines.filter(line -> line.indexOf('/') > 0)
                    .map(line -> line.substring(line.indexOf('/')))
                    .filter(file -> INTERESTING.matcher(file).matches())
                    .distinct()
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
