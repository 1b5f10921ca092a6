package org.deutero.tasks.benchmarks;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deutero.tasks.DataException;
import org.deutero.tasks.files.PictureNames;
import org.deutero.tensor.files.FileReasons;

/** Finds the pictures of known classes below a folder: those in folders of the classes' names, at any depth. */
final class ClassFolders {

    private ClassFolders() {}

    static SortedMap<String, List<Path>> find(Path root, Set<String> classes) {
        SortedMap<String, List<Path>> found = new TreeMap<>();
        SortedMap<String, Path> places = new TreeMap<>();
        try {
            Files.walkFileTree(
                    root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes seen) {
                            return !folder.equals(root) && isLitter(folder, true)
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes seen) {
                            add(file, classes, places, found);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                            if (!isLitter(file, true)) {
                                throw e;
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new DataException(root + " cannot be read: " + FileReasons.of(e), e);
        }
        found.values().forEach(files -> files.sort(null));
        return found;
    }

    private static void add(Path file, Set<String> classes, Map<String, Path> places, Map<String, List<Path>> found) {
        Path folder = file.getParent();
        String name = String.valueOf(folder.getFileName());
        if (!classes.contains(name) || !isPicture(file)) {
            return;
        }
        Path other = places.putIfAbsent(name, folder);
        if (other != null && !other.equals(folder)) {
            throw new DataException("class " + name + " is in two folders, " + other + " and " + folder
                    + "; give the one that holds each class once");
        }
        found.computeIfAbsent(name, k -> new ArrayList<>()).add(file);
    }

    private static boolean isLitter(Path path, boolean folder) {
        return PictureNames.isLitter(String.valueOf(path.getFileName()), folder);
    }

    private static boolean isPicture(Path file) {
        String name = String.valueOf(file.getFileName());
        return PictureNames.isPicture(name) && !PictureNames.isHidden(name) && Files.isRegularFile(file);
    }
}
