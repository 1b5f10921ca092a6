package org.deutero.tasks.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.deutero.tasks.DataException;

/**
 * Pictures that a CSV file lists with their classes. The header names the columns: {@code path}, {@code filename} or
 * {@code image}, and {@code label} or {@code class}; others do not count. Paths are taken from the CSV's own folder, or from
 * its folder {@code images}.
 */
final class ListedFiles implements FileTree {

    private static final List<String> PATH_COLUMNS = List.of("path", "filename", "image");
    private static final List<String> CLASS_COLUMNS = List.of("label", "class");

    private final Path root;
    private final SortedSet<String> files;
    private final SortedMap<String, List<String>> classes;

    private ListedFiles(Path root, SortedSet<String> files, SortedMap<String, List<String>> classes) {
        this.root = root;
        this.files = files;
        this.classes = classes;
    }

    static ListedFiles read(Path csv) {
        List<String> lines = Csv.lines(csv);
        List<String> header = lines.isEmpty()
                ? List.of()
                : Csv.cells(lines.get(0)).stream()
                        .map(cell -> cell.toLowerCase(Locale.ROOT))
                        .toList();
        int path = column(header, PATH_COLUMNS);
        int label = column(header, CLASS_COLUMNS);
        if (path < 0 || label < 0) {
            throw new DataException(csv + " must begin with a header line that names a column path, filename or image"
                    + " and a column label or class, such as path,label");
        }
        Map<String, String> labels = new HashMap<>();
        SortedMap<String, List<String>> classes = new TreeMap<>();
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            List<String> cells = Csv.cells(lines.get(i));
            if (cells.size() <= Math.max(path, label)
                    || cells.get(path).isEmpty()
                    || cells.get(label).isEmpty()) {
                throw new DataException(
                        "line " + (i + 1) + " of " + csv + " lacks a path or a class: " + shortened(lines.get(i)));
            }
            String other = labels.put(cells.get(path), cells.get(label));
            if (other != null) {
                throw new DataException("line " + (i + 1) + " of " + csv + " lists " + cells.get(path)
                        + " a second time" + (other.equals(cells.get(label)) ? "" : ", with another class"));
            }
            classes.computeIfAbsent(cells.get(label), k -> new ArrayList<>()).add(cells.get(path));
        }
        Path folder = csv.toAbsolutePath().getParent();
        return new ListedFiles(folder, new TreeSet<>(labels.keySet()), classes);
    }

    private static int column(List<String> header, List<String> names) {
        return names.stream()
                .mapToInt(header::indexOf)
                .filter(i -> i >= 0)
                .findFirst()
                .orElse(-1);
    }

    private static String shortened(String line) {
        return line.length() > 60 ? line.substring(0, 60) + "..." : line;
    }

    /** Files by class, in the order of the list. */
    SortedMap<String, List<String>> classes() {
        return classes;
    }

    @Override
    public SortedSet<String> files() {
        return Collections.unmodifiableSortedSet(files);
    }

    @Override
    public SortedSet<String> folders() {
        return Collections.emptySortedSet();
    }

    @Override
    public int hidden() {
        return 0;
    }

    @Override
    public byte[] read(String file, long limit) {
        try (InputStream in = Files.newInputStream(locate(file))) {
            return FileTree.atMost(in, limit, describe(file));
        } catch (NoSuchFileException e) {
            throw new DataException(describe(file) + " does not exist", e);
        } catch (IOException e) {
            throw new DataException(describe(file) + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String stamp(String file) {
        Path path = locate(file);
        return Files.exists(path) ? FileTree.stamp(path) : "missing";
    }

    @Override
    public String describe(String file) {
        return locate(file).toString();
    }

    /** Where a listed file is. */
    Path locate(String file) {
        try {
            Path direct = root.resolve(file);
            Path below = root.resolve("images").resolve(file);
            return !Files.exists(direct) && Files.exists(below) ? below : direct;
        } catch (InvalidPathException e) {
            throw new DataException("'" + file + "', listed in a CSV file in " + root + ", is no path", e);
        }
    }

    @Override
    public void close() {}
}
