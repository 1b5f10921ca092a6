package org.deutero.experiment.recipe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * A jar, or a folder of classes, that may hold recipes.
 *
 * @param uri {@code jar:...!/} of a jar, {@code file:.../recipes/} of a folder
 */
record RecipeRoot(URI uri) {
    static final String FOLDER = "recipes/";
    static final String SUFFIX = ".yaml";
    private static final String JAR = "jar:";
    private static final String IN_JAR = "!/";

    /** What a class loader sees, in its order. Jars that it was given are in it even where they have no entry for the folder: many tools write none. */
    static List<RecipeRoot> of(ClassLoader loader) {
        Set<RecipeRoot> roots = new LinkedHashSet<>();
        try {
            for (URL url : Collections.list(loader.getResources(FOLDER))) {
                boolean packed = url.openConnection() instanceof JarURLConnection;
                String text = url.toString();
                roots.add(of(packed ? text.substring(0, text.lastIndexOf(IN_JAR)) + IN_JAR : text));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (loader instanceof URLClassLoader given) {
            for (URL url : given.getURLs()) {
                if (url.getPath().endsWith(".jar")) {
                    roots.add(of(JAR + url + IN_JAR));
                }
            }
        }
        return List.copyOf(roots);
    }

    private static RecipeRoot of(String uri) {
        return new RecipeRoot(URI.create(uri));
    }

    /** Paths of the recipes in it, below {@code recipes/}, with slashes. */
    List<String> files() {
        try {
            return uri.getScheme().equals("jar") ? inJar() : inFolder();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the recipes in " + this, e);
        }
    }

    private List<String> inJar() throws IOException {
        JarURLConnection connection = (JarURLConnection) uri.toURL().openConnection();
        connection.setUseCaches(false); // a plug-in's jar is not held open by who only lists it
        try (JarFile jar = connection.getJarFile()) {
            return jar.stream()
                    .map(entry -> entry.getName())
                    .filter(entry -> entry.startsWith(FOLDER) && entry.endsWith(SUFFIX))
                    .map(entry -> entry.substring(FOLDER.length()))
                    .toList();
        }
    }

    private List<String> inFolder() throws IOException {
        Path folder = Path.of(uri);
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }

    /** The path of the jar, or of the folder of classes. */
    @Override
    public String toString() {
        String text = uri.toString();
        if (uri.getScheme().equals("file")) {
            return Path.of(uri).getParent().toString();
        }
        URI jar = URI.create(text.substring(JAR.length(), text.length() - IN_JAR.length()));
        return jar.getScheme().equals("file") ? Path.of(jar).toString() : jar.toString();
    }
}
