package org.deutero.experiment.base;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The libraries this process was started with, read from the names of their jars. */
public final class Libraries {
    private static final Pattern NAME =
            Pattern.compile("(.+?)-(\\d[\\w.]*(?:-\\d[\\w.]*|-SNAPSHOT)?(?:-[\\w-]+)?)\\.jar");

    private Libraries() {}

    /** Name and version of each jar on the class path, class-path entries of manifests included; sorted. */
    public static Map<String, String> onClassPath() {
        Map<String, String> versions = new TreeMap<>();
        for (Path jar : jars()) {
            Matcher name = NAME.matcher(jar.getFileName().toString());
            if (name.matches() && !name.group(1).startsWith("deutero")) {
                versions.merge(name.group(1), name.group(2), (a, b) -> a.length() >= b.length() ? a : b);
            }
        }
        return versions;
    }

    private static List<Path> jars() {
        List<Path> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (entry.endsWith(".jar") && Files.isRegularFile(path)) {
                jars.add(path);
                jars.addAll(manifestClassPath(path));
            }
        }
        return jars;
    }

    private static List<Path> manifestClassPath(Path path) {
        try (JarFile jar = new JarFile(path.toFile())) {
            String entries = jar.getManifest() == null
                    ? null
                    : jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            List<Path> jars = new ArrayList<>();
            for (String entry : entries == null ? new String[0] : entries.split(" ", -1)) {
                jars.add(path.resolveSibling(entry));
            }
            return jars;
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
