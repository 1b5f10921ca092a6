package org.deutero.tasks.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.deutero.tasks.ClassSplit;
import org.deutero.tasks.ClassSplit.Part;

/**
 * The parts of a split in which pictures lie, as far as that can be told from where they are.
 *
 * @param byClass the part of each class; if a class is in several, the first of them
 * @param where what says so, such as {@code its folders train and test}
 * @param fault why this is no split, a sentence that says what to do; empty if it is one
 */
public record Parts(Map<String, Part> byClass, String where, Optional<String> fault) {

    private static final int NAMED = 3;

    /**
     * Whether classes can be split so.
     *
     * @param path where the pictures are
     * @param places folders of each class and part
     * @param misfits folders of pictures in no part or in no class
     */
    static Parts of(Object path, Map<String, PartFolders.Place> places, List<String> misfits) {
        Map<String, Part> byClass = new LinkedHashMap<>();
        Map<String, Map<Part, String>> folders = new LinkedHashMap<>();
        places.forEach((folder, place) -> {
            byClass.putIfAbsent(place.className(), place.part());
            folders.computeIfAbsent(place.className(), k -> new EnumMap<>(Part.class))
                    .putIfAbsent(place.part(), folder);
        });
        String where = "its folders " + list(partFolders(places, misfits));
        Optional<String> fault = misfits.isEmpty()
                ? twice(path, folders).or(() -> lacking(path, where, byClass))
                : Optional.of(misfit(path, where, misfits.get(0)));
        return new Parts(byClass, where, fault);
    }

    /** The same for pictures whose list names the part of each. */
    static Parts ofList(Object path, Map<String, Map<Part, String>> byClass) {
        Map<String, Part> first = new LinkedHashMap<>();
        byClass.forEach(
                (name, parts) -> first.put(name, parts.keySet().iterator().next()));
        String where = "the column of its list";
        return new Parts(first, where, twice(path, byClass).or(() -> lacking(path, where, first)));
    }

    /** What a split file says of these classes. @throws org.deutero.tasks.DataException if it makes no sense */
    static Parts ofFile(Path file, List<String> classNames) {
        ClassSplit split = SplitFile.read(file, classNames);
        Map<String, Part> byClass = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            split.part(part).forEach(c -> byClass.put(classNames.get(c), part));
        }
        return new Parts(byClass, file.toString(), lacking(file, "its lines", byClass));
    }

    private static Optional<String> twice(Object path, Map<String, Map<Part, String>> places) {
        return places.entrySet().stream()
                .filter(c -> c.getValue().size() > 1)
                .findFirst()
                .map(c -> "class '" + c.getKey() + "' of " + path + " is in several parts ("
                        + String.join(", ", c.getValue().values())
                        + "), as in data for ordinary classification, but a class to be tested on must not be trained on;"
                        + " pool the pictures of each class and deal classes out with --set tasks.split=random, or say"
                        + " with --split FILE which class is for what");
    }

    private static Optional<String> lacking(Object path, String where, Map<String, Part> byClass) {
        for (Part needed : List.of(Part.TRAIN, Part.TEST)) {
            if (!byClass.containsValue(needed)) {
                return Optional.of("nothing in " + path + " is to " + word(needed) + " on, going by " + where
                        + "; add a folder " + (needed == Part.TRAIN ? "train" : "test")
                        + ", deal all classes out with --set tasks.split=random, or say with --split FILE which class is"
                        + " for what");
            }
        }
        return Optional.empty();
    }

    private static String misfit(Object path, String where, String folder) {
        String last = folder.substring(folder.lastIndexOf('/') + 1);
        return PartFolders.part(last).isPresent()
                ? "pictures lie in the folder " + folder + " of " + path
                        + ", which looks like a part of a split, but in no class; expected a folder for each class in it"
                : "the class folder " + folder + " of " + path + " is outside of " + where
                        + ", which look like the parts of a split; move it into one of them, deal all classes out with"
                        + " --set tasks.split=random, or say with --split FILE which class is for what";
    }

    private static Set<String> partFolders(Map<String, PartFolders.Place> places, List<String> misfits) {
        Map<Part, Set<String>> names = new EnumMap<>(Part.class);
        for (String folder : places.keySet()) {
            for (String name : folder.split("/", -1)) {
                PartFolders.part(name)
                        .filter(places.get(folder).part()::equals)
                        .ifPresent(part -> names.computeIfAbsent(part, k -> new LinkedHashSet<>())
                                .add(name));
            }
        }
        for (String folder : misfits) {
            String last = folder.substring(folder.lastIndexOf('/') + 1);
            PartFolders.part(last)
                    .ifPresent(part -> names.computeIfAbsent(part, k -> new LinkedHashSet<>())
                            .add(last));
        }
        return names.values().stream().flatMap(Set::stream).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String list(Set<String> names) {
        List<String> all = new ArrayList<>(names);
        if (all.size() > 2 * NAMED) {
            return String.join(", ", all.subList(0, 2 * NAMED)) + " and others";
        }
        return all.size() < 2
                ? String.join("", all)
                : String.join(", ", all.subList(0, all.size() - 1)) + " and " + all.get(all.size() - 1);
    }

    /** The split of the given classes; those in no part are in none. */
    public ClassSplit split(List<String> classNames) {
        return new ClassSplit(of(Part.TRAIN, classNames), of(Part.VALIDATION, classNames), of(Part.TEST, classNames));
    }

    private List<Integer> of(Part part, List<String> classNames) {
        List<Integer> places = new ArrayList<>();
        for (int c = 0; c < classNames.size(); c++) {
            if (byClass.get(classNames.get(c)) == part) {
                places.add(c);
            }
        }
        return places;
    }

    /** Such as {@code its folders train and test: 3 classes to train, 0 to validate and 2 to test on}. */
    public String words() {
        return where + ": " + count(Part.TRAIN) + " classes to train, " + count(Part.VALIDATION) + " to validate and "
                + count(Part.TEST) + " to test on";
    }

    private long count(Part part) {
        return byClass.values().stream().filter(part::equals).count();
    }

    private static String word(Part part) {
        return part == Part.TRAIN ? "train" : part == Part.TEST ? "test" : "validate";
    }
}
