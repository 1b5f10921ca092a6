package org.deutero.tasks.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.deutero.tasks.DataException;

/**
 * Pictures to be used one by one, read by the same rules as those to train on: the classes of a folder, zip or list, and pictures
 * that lie in no class.
 *
 * @param classes pictures of each class, in the order of their names
 * @param loose pictures directly in the folder
 * @param empty class folders without pictures, a sentence each
 * @param faults other reasons why these are no examples, a sentence each
 * @param passed what is passed over
 */
public record PictureFolder(
        Map<String, List<Entry>> classes,
        List<Entry> loose,
        List<String> empty,
        List<String> faults,
        PassedOver passed) {

    /**
     * One picture file.
     *
     * @param name how to call it; in a folder its path
     * @param bytes reads it. @throws DataException if it cannot be read
     */
    public record Entry(String name, Supplier<byte[]> bytes) {}

    /** Looks at a folder, a zip or a CSV list. @throws DataException if it cannot be read */
    public static PictureFolder read(Path path) {
        try (FileTree tree = FileTree.open(path)) {
            Listing listing = Listing.of(tree, path);
            Map<String, List<Entry>> classes = new LinkedHashMap<>();
            listing.folders()
                    .forEach((folder, files) -> classes.computeIfAbsent(folder(listing, folder), k -> new ArrayList<>())
                            .addAll(entries(tree, files)));
            List<String> faults = new ArrayList<>(listing.faults());
            listing.parts()
                    .ifPresent(parts -> faults.add(path + " looks like the parts of a split by " + parts.where()
                            + "; give the folder that holds the classes"));
            return new PictureFolder(
                    classes, entries(tree, listing.loose()), listing.empty(), faults, listing.passed());
        }
    }

    /** Folders of different parts stay apart. */
    private static String folder(Listing listing, String folder) {
        return listing.parts().isPresent() ? folder : listing.names().get(folder);
    }

    private static List<Entry> entries(FileTree tree, List<String> files) {
        return files.stream().map(file -> entry(tree, file)).toList();
    }

    private static Entry entry(FileTree tree, String file) {
        long limit = Limits.DEFAULT.fileBytes();
        if (tree instanceof FileTree.Zip) {
            byte[] now = tree.read(file, limit); // the archive will be closed
            return new Entry(tree.describe(file), () -> now);
        }
        return new Entry(tree.describe(file), () -> tree.read(file, limit));
    }

    /** These as examples of classes. @throws DataException if they are none, naming the culprit */
    public PictureFolder requireExamples(Path path) {
        List<String> reasons = new ArrayList<>(faults);
        reasons.addAll(empty);
        if (!reasons.isEmpty()) {
            throw new DataException(reasons.get(0));
        }
        if (classes.isEmpty()) {
            throw new DataException(path + " holds no classes; expected a sub-folder of pictures for each class"
                    + (passed.total() > 0 ? " (passed over: " + String.join("; ", passed.reasons()) + ")" : ""));
        }
        return this;
    }

    /** What a person should be told. */
    public Optional<String> note(Path path) {
        return passed.note(path);
    }
}
