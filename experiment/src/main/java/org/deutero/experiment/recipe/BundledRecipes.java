package org.deutero.experiment.recipe;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deutero.experiment.base.UserException;

/**
 * The recipes on the class path: every {@code recipes/SOURCE/NAME.yaml} of the program's own jar, of any other jar beside it, and of plug-ins that are open, which the thread's context
 * class loader sees. The name alone identifies a recipe; folders are for the reader.
 */
final class BundledRecipes {
    private BundledRecipes() {}

    /** A recipe's file, in the root that holds it, read by the loader that found it. */
    private record Place(RecipeRoot root, String folder, String name, ClassLoader loader) {
        String file() {
            return RecipeRoot.FOLDER + (folder.isEmpty() ? "" : folder + "/") + name + RecipeRoot.SUFFIX;
        }

        /** For messages. */
        @Override
        public String toString() {
            return file() + " in " + root;
        }
    }

    /** The program's own class path does not change while it runs, so it is gone through once. */
    private static final class Own {
        private static final Map<RecipeRoot, List<String>> FILES = listed(loader());
    }

    /** The folder of every recipe below {@code recipes/}, by name, sorted; the empty string for {@code recipes/} itself. */
    static Map<String, String> folders() {
        SortedMap<String, String> folders = new TreeMap<>();
        places().forEach((name, place) -> folders.put(name, place.folder()));
        return Collections.unmodifiableSortedMap(folders);
    }

    /** Names, sorted. */
    static List<String> names() {
        return List.copyOf(places().keySet());
    }

    /** The text of a recipe that {@link #names()} lists. */
    static String text(String name) {
        Place place = places().get(name);
        if (place == null) {
            throw new IllegalArgumentException("no bundled recipe " + name);
        }
        try (var in = place.loader().getResourceAsStream(place.file())) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of the program and those of plug-ins; the latter are looked for anew, as in every registry. */
    private static Map<String, Place> places() {
        SortedMap<String, Place> places = new TreeMap<>();
        Own.FILES.forEach((root, files) -> add(places, root, files, loader()));
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context != null && context != loader()) {
            for (RecipeRoot root : RecipeRoot.of(context)) {
                if (!Own.FILES.containsKey(root)) {
                    add(places, root, root.files(), context);
                }
            }
        }
        return Collections.unmodifiableSortedMap(places);
    }

    private static void add(SortedMap<String, Place> places, RecipeRoot root, List<String> files, ClassLoader loader) {
        for (String file : files) {
            int slash = file.lastIndexOf('/');
            String name = file.substring(slash + 1, file.length() - RecipeRoot.SUFFIX.length());
            Place place = new Place(root, file.substring(0, Math.max(0, slash)), name, loader);
            Place other = places.putIfAbsent(name, place);
            if (other != null) {
                throw UserException.usage("there are two recipes of the name \"" + name + "\", " + other + " and "
                        + place + "; expected different names");
            }
        }
    }

    /** A jar that is on the class path twice, from two places, counts once: as of its classes, the first is taken. */
    private static Map<RecipeRoot, List<String>> listed(ClassLoader loader) {
        Map<RecipeRoot, List<String>> files = new LinkedHashMap<>();
        Set<String> jars = new HashSet<>();
        for (RecipeRoot root : RecipeRoot.of(loader)) {
            String place = root.toString();
            if (!place.endsWith(".jar") || jars.add(place.substring(place.lastIndexOf(File.separator) + 1))) {
                files.put(root, root.files());
            }
        }
        return Collections.unmodifiableMap(files);
    }

    private static ClassLoader loader() {
        return BundledRecipes.class.getClassLoader();
    }
}
