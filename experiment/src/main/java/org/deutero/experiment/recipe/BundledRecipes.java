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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The recipes on the class path: every {@code recipes/NAME.yaml} of the program's own jar, and of any other jar
 * beside it that brings some.
 */
final class BundledRecipes {
    private static final String FOLDER = "recipes";
    private static final String SUFFIX = ".yaml";

    private BundledRecipes() {}

    /** Names, sorted. */
    static List<String> names() {
        try {
            Set<String> names = new TreeSet<>();
            for (URL folder : Collections.list(loader().getResources(FOLDER))) {
                names.addAll(list(folder));
            }
            return List.copyOf(names);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a recipe that {@link #names()} lists. */
    static String text(String name) {
        try (var in = loader().getResourceAsStream(FOLDER + "/" + name + SUFFIX)) {
            if (in == null) {
                throw new IllegalArgumentException("no bundled recipe " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> list(URL folder) throws IOException {
        URLConnection connection = folder.openConnection();
        if (connection instanceof JarURLConnection jar) {
            return collect(jar.getJarFile().stream()
                    .map(entry -> entry.getName())
                    .filter(entry -> entry.startsWith(FOLDER + "/")));
        }
        try (Stream<Path> files = Files.list(Path.of(new URI(folder.toString())))) {
            return collect(files.map(file -> FOLDER + "/" + file.getFileName()));
        } catch (URISyntaxException e) {
            throw new IOException("cannot list " + folder, e);
        }
    }

    private static Set<String> collect(Stream<String> entries) {
        Set<String> names = new TreeSet<>();
        entries.filter(entry -> entry.endsWith(SUFFIX))
                .map(entry -> entry.substring(FOLDER.length() + 1, entry.length() - SUFFIX.length()))
                .filter(name -> !name.contains("/"))
                .forEach(names::add);
        return names;
    }

    private static ClassLoader loader() {
        return BundledRecipes.class.getClassLoader();
    }
}
