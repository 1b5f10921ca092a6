package org.deutero.tasks.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deutero.tasks.DataException;

/** Finds the pictures of known classes below a folder: those in folders of the classes' names, at any depth. */
final class ClassFolders {

    private ClassFolders() {}

    static SortedMap<String, List<Path>> find(Path root, Set<String> classes) {
        SortedMap<String, List<Path>> found = new TreeMap<>();
        SortedMap<String, Path> places = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            walk.filter(ClassFolders::isPicture).forEach(file -> {
                Path folder = file.getParent();
                String name = String.valueOf(folder.getFileName());
                if (!classes.contains(name)) {
                    return;
                }
                Path other = places.putIfAbsent(name, folder);
                if (other != null && !other.equals(folder)) {
                    throw new DataException("class " + name + " is in two folders, " + other + " and " + folder
                            + "; give the one that holds each class once");
                }
                found.computeIfAbsent(name, k -> new ArrayList<>()).add(file);
            });
        } catch (IOException e) {
            throw new DataException(root + " cannot be read: " + e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw new DataException(root + " cannot be read: " + e.getCause().getMessage(), e);
        }
        found.values().forEach(files -> files.sort(null));
        return found;
    }

    private static boolean isPicture(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        boolean named = name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg");
        return named && !name.startsWith(".") && Files.isRegularFile(file);
    }
}
