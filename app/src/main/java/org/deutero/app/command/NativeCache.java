package org.deutero.app.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.deutero.tensor.NativeFolder;

/** The folder into which JavaCPP unpacks native libraries, one folder a jar, and never removes any. */
record NativeCache(Path folder) {
    private static final long MEBIBYTE = 1 << 20;

    /** Where it is unless a property says otherwise. */
    static NativeCache standard() {
        return new NativeCache(NativeFolder.inUse());
    }

    /** Its path, and the disk it takes. */
    String describe() {
        return String.format(Locale.ROOT, "%s, %d MiB", folder, bytes(folder) / MEBIBYTE);
    }

    /** Unpacked jars of libtorch and its kin of which nothing is loaded, with the disk they take; none if it cannot be told. */
    List<String> unused(List<String> loaded) {
        if (loaded.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.filter(jar -> jar.getFileName().toString().matches("(pytorch|openblas)-.*\\.jar"))
                    .filter(jar ->
                            loaded.stream().noneMatch(file -> Path.of(file).startsWith(jar)))
                    .sorted()
                    .map(jar -> String.format(Locale.ROOT, "%s (%d MiB)", jar.getFileName(), bytes(jar) / MEBIBYTE))
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** Bytes of all files below, links not followed. */
    private static long bytes(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException | UncheckedIOException unreadable) {
            return 0;
        }
    }
}
