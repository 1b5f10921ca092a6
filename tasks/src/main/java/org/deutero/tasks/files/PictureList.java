package org.deutero.tasks.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deutero.tasks.ClassSplit;
import org.deutero.tensor.io.AtomicFiles;

/** CSV files of pictures with their classes, and of classes with their parts. */
public final class PictureList {

    private PictureList() {}

    /** The pictures of each class that a CSV file lists, as {@link ImageCollection} reads it. */
    public static SortedMap<String, List<Path>> read(Path csv) {
        ListedFiles list = ListedFiles.read(csv);
        SortedMap<String, List<Path>> classes = new TreeMap<>();
        list.classes()
                .forEach((name, files) ->
                        classes.put(name, files.stream().map(list::locate).toList()));
        return classes;
    }

    /** Writes such a list, with absolute paths; the file is there completely or not at all. */
    public static void write(Path csv, SortedMap<String, List<Path>> classes) throws IOException {
        List<String> lines = new ArrayList<>(List.of("path,label"));
        classes.forEach((name, files) -> files.forEach(
                file -> lines.add(Csv.line(file.toAbsolutePath().normalize().toString(), name))));
        write(csv, lines);
    }

    /** Writes a {@link SplitFile}; the file is there completely or not at all. */
    public static void writeSplit(Path csv, Map<String, ClassSplit.Part> parts) throws IOException {
        List<String> lines = new ArrayList<>(List.of("class,split"));
        parts.forEach((name, part) -> lines.add(Csv.line(name, part.name().toLowerCase(Locale.ROOT))));
        write(csv, lines);
    }

    private static void write(Path file, List<String> lines) throws IOException {
        AtomicFiles.write(file, String.join(System.lineSeparator(), lines) + System.lineSeparator());
    }
}
