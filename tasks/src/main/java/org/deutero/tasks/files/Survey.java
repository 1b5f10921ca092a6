package org.deutero.tasks.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deutero.tasks.DataException;
import org.deutero.tasks.images.PictureHeader;

/**
 * A close look at the user's pictures: every one is decoded, and what is wrong is collected rather than thrown.
 *
 * @param classes readable pictures of each class, by name
 * @param pictures facts about each readable picture
 * @param unreadable a sentence for each picture that cannot be read
 * @param duplicates pictures whose files are the same to the byte, in groups of two and more
 * @param faults of the tree as such: empty class folders, names that clash, parts of a split that are none
 * @param passed what is passed over
 * @param parts the parts of a split: those of a file, or else those in which classes lie; empty if classes would be dealt out
 */
public record Survey(
        SortedMap<String, Integer> classes,
        List<Item> pictures,
        List<String> unreadable,
        List<List<Item>> duplicates,
        List<String> faults,
        PassedOver passed,
        Optional<Parts> parts) {

    /**
     * One picture.
     *
     * @param className its class
     * @param file its path within the tree
     * @param header size and colours
     */
    public record Item(String className, String file, PictureHeader header) {}

    private record Found(Item item, String hash, String fault) {}

    /** Looks at a folder, a zip or a CSV list. */
    public static Survey of(Path path, Limits limits, LoadListener listener) {
        return of(path, Optional.empty(), limits, listener);
    }

    /** The same where a file says how classes are split, whatever folders look like. */
    public static Survey of(Path path, Optional<Path> split, Limits limits, LoadListener listener) {
        try (FileTree tree = FileTree.open(path)) {
            Listing listing = Listing.of(tree, path).requireClasses(path);
            if (listing.pictures() > limits.files()) {
                throw new DataException(
                        path + " holds " + listing.pictures() + " images, more than the limit of " + limits.files());
            }
            Map<String, List<String>> classes = split.isEmpty()
                            || SplitFile.fits(
                                    split.get(), List.copyOf(listing.classes().keySet()))
                    ? listing.classes()
                    : listing.byFolder();
            Optional<Parts> parts = split.map(file -> Parts.ofFile(file, List.copyOf(classes.keySet())))
                    .or(listing::parts);
            List<String[]> names = new ArrayList<>();
            classes.forEach((name, files) -> files.forEach(file -> names.add(new String[] {name, file})));
            Found[] found = new Found[names.size()];
            Decoding decoding = new Decoding(tree, path.toString(), limits);
            Decoding.each(
                    found.length, i -> found[i] = look(decoding, tree, names.get(i)[0], names.get(i)[1]), listener);
            return sorted(listing, classes.keySet(), parts, found);
        }
    }

    private static Found look(Decoding decoding, FileTree tree, String className, String file) {
        try {
            byte[] bytes = decoding.bytes(file);
            decoding.picture(file, bytes, picture -> picture.width());
            PictureHeader header = PictureHeader.read(bytes, tree.describe(file));
            return new Found(new Item(className, file, header), Fingerprint.of(bytes), "");
        } catch (DataException e) {
            return new Found(new Item(className, file, null), "", e.getMessage());
        }
    }

    private static Survey sorted(Listing listing, Set<String> names, Optional<Parts> parts, Found[] found) {
        SortedMap<String, Integer> classes = new TreeMap<>();
        names.forEach(name -> classes.put(name, 0));
        List<Item> pictures = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        Map<String, List<Item>> byHash = new LinkedHashMap<>();
        for (Found f : found) {
            if (f.fault.isEmpty()) {
                classes.merge(f.item.className, 1, Integer::sum);
                pictures.add(f.item);
                byHash.computeIfAbsent(f.hash, k -> new ArrayList<>()).add(f.item);
            } else {
                unreadable.add(f.fault);
            }
        }
        List<List<Item>> duplicates =
                byHash.values().stream().filter(group -> group.size() > 1).toList();
        List<String> faults = new ArrayList<>(listing.faults());
        listing.empty().forEach(empty -> faults.add(empty + " (tasks.unusable=skip leaves it out)"));
        parts.flatMap(Parts::fault).ifPresent(faults::add);
        return new Survey(classes, pictures, unreadable, duplicates, faults, listing.passed(), parts);
    }

    /** Whether a group of duplicates holds pictures of different classes. */
    public static boolean acrossClasses(List<Item> group) {
        return group.stream().map(Item::className).distinct().count() > 1;
    }
}
