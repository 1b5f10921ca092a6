package org.deutero.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deutero.experiment.base.UserException;
import org.deutero.tasks.DataException;
import org.deutero.tasks.files.PictureNames;
import org.deutero.tensor.files.FileReasons;

/**
 * The pictures in a folder, each handed on once, and again when it changes. Looks itself instead of being told by the system, which says nothing of
 * folders on other machines.
 *
 * <p>A picture that cannot be read may be half-written: it is tried again at the next looks, and given up when it has stayed as it is for
 * {@code patience} of them.
 */
final class WatchedFolder {
    private static final int NAMED = 5;

    private final Path folder;
    private final int patience;
    private final Map<Path, Seen> seen = new HashMap<>();
    private final Map<Path, Integer> others = new HashMap<>();
    private boolean first = true;

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

    /**
     * Looks once.
     *
     * @param work gets every picture that is new or changed
     * @param failed gets those that are given up
     * @param notes gets a sentence about files and folders that are passed over: at once at the first look, and later when they have
     *     stayed for {@code patience} looks, for they may be pictures that are still being written under another name
     */
    void poll(Consumer<Path> work, BiConsumer<Path, DataException> failed, Consumer<String> notes) {
        List<Path> content = content();
        List<Path> pictures = content.stream().filter(WatchedFolder::isPicture).toList();
        seen.keySet().retainAll(pictures);
        for (Path picture : pictures) {
            try {
                visit(picture, work, failed);
            } catch (NoSuchFileException gone) {
                seen.remove(picture);
            } catch (IOException e) {
                throw UserException.failure("the folder " + folder + " cannot be watched: " + FileReasons.of(e), e);
            }
        }
        tell(content, notes);
        first = false;
    }

    private void tell(List<Path> content, Consumer<String> notes) {
        List<Path> strange = content.stream()
                .filter(path -> !isPicture(path) && !PictureNames.isLitter(name(path), Files.isDirectory(path)))
                .toList();
        others.keySet().retainAll(strange);
        List<String> told = new ArrayList<>();
        for (Path path : strange) {
            int looks = others.merge(path, 1, Integer::sum);
            if (first || looks == patience) {
                others.put(path, patience + 1); // never again
                told.add(name(path) + (Files.isDirectory(path) ? " (a folder)" : ""));
            }
        }
        if (!told.isEmpty()) {
            notes.accept("Passed over in " + folder + ": "
                    + String.join(", ", told.subList(0, Math.min(NAMED, told.size())))
                    + (told.size() > NAMED ? " and " + (told.size() - NAMED) + " others" : "")
                    + "; only PNG and JPEG files in the folder itself are labelled.");
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

    private List<Path> content() {
        try (Stream<Path> content = Files.list(folder)) {
            return content.sorted().toList();
        } catch (IOException e) {
            throw UserException.failure("the folder " + folder + " cannot be watched: " + FileReasons.of(e), e);
        }
    }

    private static boolean isPicture(Path path) {
        String name = name(path);
        return PictureNames.isPicture(name) && !PictureNames.isHidden(name) && Files.isRegularFile(path);
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
