package org.deutero.experiment.recipe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The recipes on the class path: every {@code recipes/SOURCE/NAME.yaml} of the program's own jar, and of any other jar beside it that brings
 * some. The name alone identifies a recipe; folders are for the reader.
 */
final class BundledRecipes {
    private static final String FOLDER = "recipes/";
    private static final String SUFFIX = ".yaml";

    private BundledRecipes() {}

    /** The class path does not change while the program runs, so it is gone through once. */
    private static final class Index {
        private static final Map<String, String> FOLDERS = index();
    }

    /** The folder of every recipe below {@code recipes/}, by name, sorted; the empty string for {@code recipes/} itself. */
    static Map<String, String> folders() {
        return Index.FOLDERS;
    }

    /** Names, sorted. */
    static List<String> names() {
        return List.copyOf(folders().keySet());
    }

    /** The text of a recipe that {@link #names()} lists. */
    static String text(String name) {
        if (!folders().containsKey(name)) {
            throw new IllegalArgumentException("no bundled recipe " + name);
        }
        try (var in = loader().getResourceAsStream(FOLDER + file(folders().get(name), name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> index() {
        SortedMap<String, String> folders = new TreeMap<>();
        try {
            for (URL root : Collections.list(loader().getResources(FOLDER))) {
                for (String file : list(root)) {
                    int slash = file.lastIndexOf('/');
                    add(folders, file.substring(0, Math.max(0, slash)), file.substring(slash + 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Collections.unmodifiableSortedMap(folders);
    }

    private static void add(Map<String, String> folders, String folder, String file) {
        String name = file.substring(0, file.length() - SUFFIX.length());
        String other = folders.putIfAbsent(name, folder);
        if (other != null) {
            throw new IllegalStateException("the class path has the recipe " + name + " twice, " + FOLDER
                    + file(other, name) + " and " + FOLDER + file(folder, name) + "; expected names of their own");
        }
    }

    private static String file(String folder, String name) {
        return (folder.isEmpty() ? "" : folder + "/") + name + SUFFIX;
    }

    /** Paths of the recipes below a root, with slashes. */
    private static List<String> list(URL root) throws IOException {
        URLConnection connection = root.openConnection();
        if (connection instanceof JarURLConnection jar) {
            return jar.getJarFile().stream()
                    .map(entry -> entry.getName())
                    .filter(entry -> entry.startsWith(FOLDER) && entry.endsWith(SUFFIX))
                    .map(entry -> entry.substring(FOLDER.length()))
                    .toList();
        }
        try {
            Path folder = Path.of(new URI(root.toString()));
            try (Stream<Path> files = Files.walk(folder)) {
                return files.filter(file -> file.toString().endsWith(SUFFIX))
                        .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                        .toList();
            }
        } catch (URISyntaxException e) {
            throw new IOException("cannot list " + root, e);
        }
    }

    private static ClassLoader loader() {
        return BundledRecipes.class.getClassLoader();
    }
}
