package org.deutero.tasks.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deutero.tasks.DataException;

/**
 * What lies in a folder, zip or list of pictures by name, faults included.
 *
 * @param classes files of each class, both in order
 * @param others files that are not named like pictures, by extension
 * @param faults what makes the tree unfit for training, each in one sentence
 */
record Listing(SortedMap<String, List<String>> classes, SortedMap<String, Integer> others, List<String> faults) {

    static Listing of(FileTree tree, Path path) {
        SortedMap<String, List<String>> classes = new TreeMap<>();
        SortedMap<String, Integer> others = new TreeMap<>();
        List<String> faults = new ArrayList<>();
        if (tree instanceof ListedFiles list) {
            classes.putAll(list.classes());
        } else {
            for (String file : tree.files()) {
                int slash = file.lastIndexOf('/');
                if (!isImage(file)) {
                    others.merge(extension(file), 1, Integer::sum);
                } else if (slash < 0) {
                    faults.add("the image " + tree.describe(file)
                            + " lies in no class folder; expected one folder for each class");
                } else {
                    classes.computeIfAbsent(file.substring(0, slash), k -> new ArrayList<>())
                            .add(file);
                }
            }
            if (tree.hidden() > 0) {
                others.merge("hidden", tree.hidden(), Integer::sum);
            }
        }
        if (classes.isEmpty() && tree.folders().isEmpty() && faults.isEmpty()) {
            throw new DataException(path + " holds no classes; expected one folder of PNG or JPEG images for each");
        }
        faults.addAll(emptyFolders(tree, classes));
        SortedMap<String, List<String>> named = withoutWrapper(tree, classes);
        faults.addAll(caseClashes(path, named));
        return new Listing(named, others, faults);
    }

    /** Number of pictures. */
    int pictures() {
        return classes.values().stream().mapToInt(List::size).sum();
    }

    /** Number of other files. */
    int passedOver() {
        return others.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static boolean isImage(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        return name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg");
    }

    private static String extension(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "no extension" : name.substring(dot);
    }

    private static List<String> emptyFolders(FileTree tree, SortedMap<String, List<String>> classes) {
        List<String> faults = new ArrayList<>();
        for (String folder : tree.folders()) {
            // A folder is in use if it, or one below it, holds images: the first class not before it tells.
            SortedMap<String, List<String>> below = classes.tailMap(folder + "/");
            boolean used = classes.containsKey(folder)
                    || (!below.isEmpty() && below.firstKey().startsWith(folder + "/"));
            if (!used) {
                faults.add("class folder " + tree.describe(folder) + " holds no PNG or JPEG images");
            }
        }
        return faults;
    }

    private static SortedMap<String, List<String>> withoutWrapper(
            FileTree tree, SortedMap<String, List<String>> classes) {
        if (!(tree instanceof FileTree.Zip)
                || classes.isEmpty()
                || classes.firstKey().indexOf('/') < 0) {
            return classes;
        }
        String wrapper = classes.firstKey().substring(0, classes.firstKey().indexOf('/') + 1);
        if (!classes.keySet().stream().allMatch(c -> c.startsWith(wrapper))) {
            return classes;
        }
        SortedMap<String, List<String>> shorter = new TreeMap<>();
        classes.forEach((name, list) -> shorter.put(name.substring(wrapper.length()), list));
        return shorter;
    }

    private static List<String> caseClashes(Path path, SortedMap<String, List<String>> classes) {
        List<String> faults = new ArrayList<>();
        Map<String, String> seen = new HashMap<>();
        for (String name : classes.keySet()) {
            String other = seen.put(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                faults.add("the classes '" + other + "' and '" + name + "' of " + path
                        + " differ only in upper and lower case; rename one of them");
            }
        }
        return faults;
    }
}
