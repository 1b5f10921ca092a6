package org.deutero.tensor.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files that are there completely or not at all, whenever the process is killed. */
public final class AtomicFiles {
    private static final int BUFFER = 1 << 16;
    private static final String SUFFIX = ".tmp";
    private static final Pattern TEMPORARY = Pattern.compile("\\..+\\.[0-9a-f-]{36}\\" + SUFFIX);

    private AtomicFiles() {}

    /** What goes into a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes to a stream, which stays open. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes to a temporary name beside {@code file}, flushes it to the disk and renames it. */
    public static void write(Path file, Content content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        // Not createTempFile, whose files only their owner may read; not the number of the process, which is 1 in every
        // container.
        Path temporary = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + SUFFIX);
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            move(temporary, file);
        } catch (AccessDeniedException e) {
            // What people know of is the file that they named.
            throw explained(e, file, "no permission to write into " + folder);
        } catch (NoSuchFileException e) {
            throw explained(e, file, "there is no folder " + folder);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static FileSystemException explained(IOException cause, Path file, String reason) {
        FileSystemException explained = new FileSystemException(file.toString(), null, reason);
        explained.initCause(cause);
        return explained;
    }

    /** Writes text in UTF-8. */
    public static void write(Path file, String text) throws IOException {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Removes what processes that were killed while they wrote have left in a folder. Only for a folder in which nobody else is writing.
     */
    public static void removeLeftovers(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> leftovers;
        try (Stream<Path> files = Files.list(folder)) {
            leftovers = files.filter(file ->
                            TEMPORARY.matcher(file.getFileName().toString()).matches())
                    .toList();
        }
        for (Path file : leftovers) {
            Files.deleteIfExists(file);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
