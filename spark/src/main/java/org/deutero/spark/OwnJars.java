package org.deutero.spark;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;

/** The class path that executors need beside Spark's own: this program's jars and those of its plug-ins. */
final class OwnJars {
    private OwnJars() {}

    /** Jars and folders of classes, absolute, in the order in which they are looked into. What Spark has itself, in whichever version, is left to Spark. */
    static List<Path> list() {
        Path spark =
                path(SparkContext.class.getProtectionDomain().getCodeSource().getLocation());
        Set<String> theirs = artifacts(spark.getParent());
        // Jackson 3 needs the newest annotations, with which Jackson 2 gets on.
        theirs.remove("jackson-annotations");
        return everything().stream()
                .filter(path -> !spark.getParent().equals(path.getParent()))
                .filter(path ->
                        !theirs.contains(artifact(path)) && !artifact(path).startsWith("logback-"))
                .toList();
    }

    /** The whole class path of this process and its plug-ins. */
    static List<Path> everything() {
        Set<Path> all = new LinkedHashSet<>();
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            if (!entry.isEmpty()) {
                Path path = Path.of(entry).toAbsolutePath().normalize();
                all.add(path);
                all.addAll(named(path));
            }
        }
        for (ClassLoader at = Thread.currentThread().getContextClassLoader(); at != null; at = at.getParent()) {
            if (at instanceof URLClassLoader plugins) {
                Arrays.stream(plugins.getURLs()).map(OwnJars::path).forEach(all::add);
            }
        }
        return all.stream().filter(Files::exists).toList();
    }

    /** What the manifest of a jar adds to the class path. */
    private static List<Path> named(Path jar) {
        if (!Files.isRegularFile(jar)) {
            return List.of();
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String names =
                    manifest == null ? null : manifest.getMainAttributes().getValue("Class-Path");
            return names == null
                    ? List.of()
                    : Arrays.stream(names.split(" ", -1))
                            .filter(name -> !name.isEmpty())
                            .map(name -> Path.of(jar.toUri().resolve(name)).normalize())
                            .toList();
        } catch (IOException | IllegalArgumentException e) {
            return List.of(); // Java passes over such an entry, too
        }
    }

    private static Set<String> artifacts(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(OwnJars::artifact).collect(Collectors.toCollection(LinkedHashSet::new));
        } catch (IOException e) {
            return new LinkedHashSet<>();
        }
    }

    /** The name of a jar without its version. */
    static String artifact(Path jar) {
        return jar.getFileName().toString().replaceFirst("-\\d.*", "").replaceFirst("\\.jar$", "");
    }

    private static Path path(URL url) {
        try {
            return Path.of(new URI(url.toString())).toAbsolutePath().normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(url + " is no path of a jar", e);
        }
    }
}
