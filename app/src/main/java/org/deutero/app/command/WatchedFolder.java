package org.deutero.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deutero.experiment.base.UserException;
import org.deutero.tasks.DataException;

/**
 * The pictures in a folder, each handed on once, and again when it changes. Looks itself instead of being told by the system, which says nothing of
 * folders on other machines.
 *
 * <p>A picture that cannot be read may be half-written: it is tried again at the next looks, and given up when it has stayed as it is for
 * {@code patience} of them.
 */
final class WatchedFolder {
    private final Path folder;
    private final int patience;
    private final Map<Path, Seen> seen = new HashMap<>();

    /** What was last seen of a file; {@code tries} is below zero when nothing remains to be done. */
    private record Seen(long size, FileTime modified, int tries) {
        boolean sameFile(BasicFileAttributes now) {
            return size == now.size() && modified.equals(now.lastModifiedTime());
        }
    }

    WatchedFolder(Path folder, int patience) {
        this.folder = folder;
        this.patience = patience;
    }

    /** Looks once: {@code work} gets every picture that is new or changed, {@code failed} those that are given up. */
    void poll(Consumer<Path> work, BiConsumer<Path, DataException> failed) {
        List<Path> pictures = pictures();
        seen.keySet().retainAll(pictures);
        for (Path picture : pictures) {
            try {
                visit(picture, work, failed);
            } catch (NoSuchFileException gone) {
                seen.remove(picture);
            } catch (IOException e) {
                throw UserException.failure("the folder " + folder + " cannot be watched: " + e.getMessage(), e);
            }
        }
    }

    private void visit(Path picture, Consumer<Path> work, BiConsumer<Path, DataException> failed) throws IOException {
        BasicFileAttributes now = Files.readAttributes(picture, BasicFileAttributes.class);
        Seen before = seen.get(picture);
        boolean same = before != null && before.sameFile(now);
        if (same && before.tries() < 0) {
            return;
        }
        int tries = same ? before.tries() + 1 : 1;
        try {
            work.accept(picture);
            tries = -1;
        } catch (DataException e) {
            if (tries > patience) {
                failed.accept(picture, e);
                tries = -1;
            }
        }
        seen.put(picture, new Seen(now.size(), now.lastModifiedTime(), tries));
    }

    private List<Path> pictures() {
        try (Stream<Path> content = Files.list(folder)) {
            return content.filter(WatchedFolder::isPicture).sorted().toList();
        } catch (IOException e) {
            throw UserException.failure("the folder " + folder + " cannot be watched: " + e.getMessage(), e);
        }
    }

    private static boolean isPicture(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && name.matches(".*\\.(png|jpg|jpeg)") && Files.isRegularFile(path);
    }
}
