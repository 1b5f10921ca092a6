package org.deutero.tasks.files;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deutero.tasks.ClassSplit.Part;

/**
 * Folders of pictures that lie, or seem to lie, in the parts of a split: in {@code train} and {@code test} with classes in them, in
 * whatever folders around that, or the other way round in classes with {@code train} and {@code test} in them.
 *
 * @param places what each folder is, in the order given; folders that fit nowhere are not among them
 * @param misfits folders of pictures that are in no part, or are a part without a class
 */
record PartFolders(Map<String, Place> places, List<String> misfits) {

    /**
     * What a folder is.
     *
     * @param className without the part, and without folders around all parts
     * @param part of the split
     */
    record Place(String className, Part part) {}

    private static final Map<String, Part> PAPERS = Map.of(
            "images_background", Part.TRAIN,
            "images_evaluation", Part.TEST,
            "base", Part.TRAIN,
            "novel", Part.TEST);

    private static final Pattern WORD = Pattern.compile(
            "(?:(?:meta|seg|set|data|dataset|images?|imgs?|pictures?|pics?|my)[-_. ]?)?"
                    + "(train|training|trn|val|valid|validation|dev|test|testing|tst)"
                    + "(?:[-_. ]?(?:set|data|dataset|images?|imgs?|pictures?|pics?|split|part|folder|classes|\\d+)){0,2}");

    /** The part that a folder of this name would be, in any case. */
    static Optional<Part> part(String folder) {
        String name = folder.toLowerCase(Locale.ROOT).strip();
        if (PAPERS.containsKey(name)) {
            return Optional.of(PAPERS.get(name));
        }
        Matcher word = WORD.matcher(name);
        if (!word.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (word.group(1).charAt(0)) {
                    case 'v', 'd' -> Part.VALIDATION;
                    default -> word.group(1).startsWith("tr") ? Part.TRAIN : Part.TEST;
                });
    }

    /** Looks at the folders that hold pictures; empty if they do not look like parts. */
    static Optional<PartFolders> find(Collection<String> folders) {
        Map<String, String[]> names = new LinkedHashMap<>();
        folders.forEach(folder -> names.put(folder, folder.split("/")));
        int from = common(names.values());
        Map<String, Integer> inner = new LinkedHashMap<>();
        Set<Part> innerParts = EnumSet.noneOf(Part.class);
        Set<Part> lastParts = EnumSet.noneOf(Part.class);
        boolean othersAreParts = true;
        boolean deep = true;
        for (Map.Entry<String, String[]> folder : names.entrySet()) {
            String[] name = folder.getValue();
            int at = inner(name, from);
            Optional<Part> last = part(name[name.length - 1]);
            deep &= name.length > from + 1;
            if (at >= 0) {
                inner.put(folder.getKey(), at);
                innerParts.add(part(name[at]).orElseThrow());
            } else if (last.isPresent()) {
                lastParts.add(last.get());
            } else {
                othersAreParts = false;
            }
        }
        Set<Part> all = EnumSet.copyOf(innerParts);
        all.addAll(lastParts);
        if (innerParts.size() > 1 || (!innerParts.isEmpty() && othersAreParts && all.size() > 1)) {
            return Optional.of(aroundClasses(names, from, inner));
        }
        return innerParts.isEmpty() && othersAreParts && lastParts.size() > 1
                ? Optional.of(withinClasses(names, from, deep))
                : Optional.empty();
    }

    private static PartFolders aroundClasses(Map<String, String[]> names, int from, Map<String, Integer> inner) {
        Map<String, Place> places = new LinkedHashMap<>();
        List<String> misfits = new ArrayList<>();
        Map<Part, Integer> repeats = repeats(names, inner);
        names.forEach((folder, name) -> {
            Integer at = inner.get(folder);
            if (at == null) {
                misfits.add(folder);
                return;
            }
            Part part = part(name[at]).orElseThrow();
            List<String> rest = new ArrayList<>(Arrays.asList(name).subList(from, at));
            rest.addAll(Arrays.asList(name).subList(at + 1 + repeats.get(part), name.length));
            places.put(folder, new Place(String.join("/", rest), part));
        });
        return new PartFolders(places, misfits);
    }

    /** How often all folders of a part name it again below, as in {@code seg_train/seg_train/sea}. */
    private static Map<Part, Integer> repeats(Map<String, String[]> names, Map<String, Integer> inner) {
        Map<Part, Integer> repeats = new EnumMap<>(Part.class);
        inner.forEach((folder, at) -> {
            String[] name = names.get(folder);
            Part part = part(name[at]).orElseThrow();
            int n = 0;
            while (at + n + 2 < name.length
                    && part(name[at + n + 1]).filter(part::equals).isPresent()) {
                n++;
            }
            repeats.merge(part, n, Math::min);
        });
        return repeats;
    }

    private static PartFolders withinClasses(Map<String, String[]> names, int from, boolean deep) {
        Map<String, Place> places = new LinkedHashMap<>();
        if (deep) {
            names.forEach((folder, name) -> places.put(
                    folder,
                    new Place(
                            String.join("/", Arrays.asList(name).subList(from, name.length - 1)),
                            part(name[name.length - 1]).orElseThrow())));
        }
        return new PartFolders(places, deep ? List.of() : List.copyOf(names.keySet()));
    }

    /** The first folder around the class that is named like a part, or -1. */
    private static int inner(String[] name, int from) {
        for (int i = from; i < name.length - 1; i++) {
            if (part(name[i]).isPresent()) {
                return i;
            }
        }
        return -1;
    }

    /** How many folders lie around everything. */
    private static int common(Collection<String[]> names) {
        for (int i = 0; ; i++) {
            String first = null;
            for (String[] name : names) {
                if (i >= name.length - 1 || (first != null && !first.equals(name[i]))) {
                    return i;
                }
                first = name[i];
            }
            if (first == null) {
                return i;
            }
        }
    }
}
