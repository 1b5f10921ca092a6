package org.deutero.tasks.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deutero.tasks.DataException;
import org.deutero.tensor.files.FileNames;

/**
 * What lies in a folder, zip or list of pictures by name, faults included: the one reading of it for whoever wants pictures.
 *
 * <p>A class is the outermost folder that holds pictures itself; pictures in folders within it are passed over. Folders that look
 * like parts of a split do not belong to the names of classes.
 *
 * @param folders files of each class folder, both in order
 * @param names class names of the folders, in their order
 * @param wrapper a single folder around everything in a zip, with a slash; or nothing
 * @param parts the parts in which classes lie, if it looks so
 * @param loose pictures that lie in no class folder
 * @param empty class folders without pictures, each in one sentence
 * @param faults what else makes the tree unfit for training, each in one sentence
 * @param passed what is passed over
 */
record Listing(
        SortedMap<String, List<String>> folders,
        Map<String, String> names,
        String wrapper,
        Optional<Parts> parts,
        List<String> loose,
        List<String> empty,
        List<String> faults,
        PassedOver passed) {

    static Listing of(FileTree tree, Path path) {
        return tree instanceof ListedFiles list ? listed(list, path) : found(tree, path);
    }

    private static Listing listed(ListedFiles list, Path path) {
        if (list.classes().isEmpty()) {
            throw new DataException(path + " holds no classes; expected a line for each picture below the header");
        }
        Optional<PartFolders> labels = PartFolders.find(list.classes().keySet());
        Map<String, String> names = names(list.classes(), labels, "");
        Optional<Parts> parts = labels.map(p -> Parts.of(path, p.places(), p.misfits()))
                .or(() -> list.parts().isEmpty() ? Optional.empty() : Optional.of(Parts.ofList(path, list.parts())));
        return new Listing(
                list.classes(),
                names,
                "",
                parts,
                List.of(),
                List.of(),
                caseClashes(path, names.values()),
                PassedOver.of(List.of(), List.of(), List.of(), List.of()));
    }

    private static Listing found(FileTree tree, Path path) {
        SortedMap<String, List<String>> pictures = new TreeMap<>();
        List<String> others = new ArrayList<>();
        List<String> loose = new ArrayList<>();
        boolean zip = tree instanceof FileTree.Zip;
        for (String file : tree.files()) {
            if (!zip && FileNames.lost(file)) {
                throw new DataException("the name \"" + file + "\" in " + path + " " + FileNames.advice());
            }
            int slash = file.lastIndexOf('/');
            if (!PictureNames.isPicture(file)) {
                others.add(file);
            } else if (slash < 0) {
                loose.add(file);
            } else {
                pictures.computeIfAbsent(file.substring(0, slash), k -> new ArrayList<>())
                        .add(file);
            }
        }
        List<String> nested = new ArrayList<>();
        // A part may hold pictures besides its classes: that is said, rather than taken for a class.
        Optional<PartFolders> parts =
                PartFolders.find(outermost(pictures, false, new ArrayList<>()).keySet());
        SortedMap<String, List<String>> folders = outermost(pictures, parts.isEmpty(), nested);
        String wrapper = zip ? wrapper(folders) : "";
        Map<String, String> names = names(folders, parts, wrapper);
        List<String> faults = new ArrayList<>();
        if (!loose.isEmpty()) {
            faults.add(
                    folders.isEmpty()
                            ? path + " holds pictures, but no classes; expected one folder of pictures for each class"
                            : "the image " + tree.describe(loose.get(0))
                                    + " lies in no class folder; expected one folder for each class");
        }
        faults.addAll(caseClashes(path, names.values()));
        return new Listing(
                folders,
                names,
                wrapper,
                parts.map(p -> Parts.of(path, p.places(), p.misfits())),
                loose,
                emptyFolders(tree, pictures, others),
                faults,
                PassedOver.of(others, List.copyOf(tree.hidden()), nested, List.copyOf(tree.litter())));
    }

    /** Refuses a tree without classes; those without pictures count. */
    Listing requireClasses(Path path) {
        if (folders.isEmpty() && empty.isEmpty() && faults.isEmpty()) {
            throw new DataException(path + " holds no classes; expected one folder of PNG or JPEG images for each"
                    + (passed.total() > 0 ? " (passed over: " + String.join("; ", passed.reasons()) + ")" : ""));
        }
        return this;
    }

    /** Files of each class by its name, in the order of the folders; folders of one name are joined. */
    Map<String, List<String>> classes() {
        Map<String, List<String>> classes = new LinkedHashMap<>();
        folders.forEach((folder, files) -> classes.computeIfAbsent(names.get(folder), k -> new ArrayList<>())
                .addAll(files));
        return classes;
    }

    /** Files of each folder by its path, in order. */
    Map<String, List<String>> byFolder() {
        Map<String, List<String>> classes = new LinkedHashMap<>();
        folders.forEach((folder, files) -> classes.put(folder.substring(wrapper.length()), files));
        return classes;
    }

    /** Number of pictures. */
    int pictures() {
        return folders.values().stream().mapToInt(List::size).sum();
    }

    /** Folders that do not lie within another; what the others hold goes to {@code nested}. */
    private static SortedMap<String, List<String>> outermost(
            SortedMap<String, List<String>> pictures, boolean partsToo, List<String> nested) {
        SortedMap<String, List<String>> outermost = new TreeMap<>();
        pictures.forEach((folder, files) -> {
            for (int slash = folder.indexOf('/'); slash >= 0; slash = folder.indexOf('/', slash + 1)) {
                String around = folder.substring(0, slash);
                if (pictures.containsKey(around) && (partsToo || !isPart(around))) {
                    nested.addAll(files);
                    return;
                }
            }
            outermost.put(folder, files);
        });
        return outermost;
    }

    private static boolean isPart(String folder) {
        return PartFolders.part(folder.substring(folder.lastIndexOf('/') + 1)).isPresent();
    }

    private static Map<String, String> names(
            SortedMap<String, List<String>> folders, Optional<PartFolders> parts, String wrapper) {
        Map<String, String> names = new LinkedHashMap<>();
        for (String folder : folders.keySet()) {
            PartFolders.Place place = parts.map(p -> p.places().get(folder)).orElse(null);
            names.put(folder, place == null ? folder.substring(wrapper.length()) : place.className());
        }
        return names;
    }

    /** The single folder around everything else, as archivers make it, with a slash; or nothing. */
    private static String wrapper(SortedMap<String, List<String>> folders) {
        if (folders.isEmpty() || folders.firstKey().indexOf('/') < 0) {
            return "";
        }
        String wrapper = folders.firstKey().substring(0, folders.firstKey().indexOf('/') + 1);
        return folders.keySet().stream().allMatch(c -> c.startsWith(wrapper)) ? wrapper : "";
    }

    /** The outermost folders without pictures in them or below, but not those within a class. */
    private static List<String> emptyFolders(
            FileTree tree, SortedMap<String, List<String>> pictures, List<String> others) {
        List<String> sentences = new ArrayList<>();
        Set<String> reported = new HashSet<>();
        for (String folder : tree.folders()) {
            boolean within = isWithin(folder, pictures.keySet()) || isWithin(folder, reported);
            // A folder is in use if it, or one below it, holds pictures: the first class not before it tells.
            SortedMap<String, List<String>> below = pictures.tailMap(folder + "/");
            boolean used = pictures.containsKey(folder)
                    || (!below.isEmpty() && below.firstKey().startsWith(folder + "/"));
            if (used || within) {
                continue;
            }
            reported.add(folder);
            List<String> instead = others.stream()
                    .filter(file -> file.startsWith(folder + "/"))
                    .toList();
            sentences.add("class folder " + tree.describe(folder) + " holds no PNG or JPEG images"
                    + (instead.isEmpty() ? "" : ", only files of other kinds such as " + instead.get(0)));
        }
        return sentences;
    }

    private static boolean isWithin(String folder, Set<String> others) {
        for (int slash = folder.indexOf('/'); slash >= 0; slash = folder.indexOf('/', slash + 1)) {
            if (others.contains(folder.substring(0, slash))) {
                return true;
            }
        }
        return false;
    }

    private static List<String> caseClashes(Path path, Collection<String> names) {
        List<String> faults = new ArrayList<>();
        Map<String, String> seen = new HashMap<>();
        for (String name : names) {
            String other = seen.put(name.toLowerCase(Locale.ROOT), name);
            if (other != null && !other.equals(name)) {
                faults.add("the classes '" + other + "' and '" + name + "' of " + path
                        + " differ only in upper and lower case; rename one of them");
            }
        }
        return faults;
    }
}
