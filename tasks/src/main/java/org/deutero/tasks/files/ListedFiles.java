package org.deutero.tasks.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.deutero.tasks.ClassSplit.Part;
import org.deutero.tasks.DataException;
import org.deutero.tensor.files.FileReasons;

/**
 * Pictures that a CSV file lists with their classes. The header names the columns: {@code path}, {@code filename} or
 * {@code image}, and {@code label} or {@code class}; if there is a column {@code split}, {@code part}, {@code set} or {@code subset}
 * of nothing but parts, it is the split; others do not count. Values are separated by commas, semicolons, tabs or bars. Paths are
 * taken from the CSV's own folder, or from its folder {@code images}.
 */
final class ListedFiles implements FileTree {

    private static final List<String> PATH_COLUMNS = List.of("path", "filename", "image");
    private static final List<String> CLASS_COLUMNS = List.of("label", "class");

    private final Path csv;
    private final Path root;
    private final SortedSet<String> files;
    private final SortedMap<String, List<String>> classes;
    private final Map<String, Map<Part, String>> parts;

    private ListedFiles(
            Path csv,
            SortedSet<String> files,
            SortedMap<String, List<String>> classes,
            Map<String, Map<Part, String>> parts) {
        this.csv = csv;
        this.root = csv.toAbsolutePath().getParent();
        this.files = files;
        this.classes = classes;
        this.parts = parts;
    }

    static ListedFiles read(Path csv) {
        Csv text = Csv.read(csv);
        List<String> lines = text.lines();
        int top = 0;
        while (top < lines.size() && lines.get(top).isBlank()) {
            top++;
        }
        String head = top < lines.size() ? lines.get(top) : "";
        char separator = text.separator(head, cells -> isHeader(lower(cells)));
        List<String> header = lower(Csv.cells(head, separator));
        if (!isHeader(header)) {
            throw new DataException(csv + " must begin with a header line that names a column path, filename or image"
                    + " and a column label or class, such as path,label, but it begins with " + shortened(head));
        }
        int path = column(header, PATH_COLUMNS);
        int label = column(header, CLASS_COLUMNS);
        int part = column(header, SplitFile.HEADERS);
        Map<String, String> labels = new HashMap<>();
        SortedMap<String, List<String>> classes = new TreeMap<>();
        Map<String, Map<Part, String>> parts = new LinkedHashMap<>();
        boolean parted = part >= 0;
        for (int i = top + 1; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            List<String> cells = Csv.cells(lines.get(i), separator);
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
            Optional<Part> named = parted && part < cells.size() ? SplitFile.part(cells.get(part)) : Optional.empty();
            parted &= named.isPresent();
            if (parted) {
                parts.computeIfAbsent(cells.get(label), k -> new EnumMap<>(Part.class))
                        .putIfAbsent(named.get(), cells.get(part) + " in line " + (i + 1));
            }
        }
        return new ListedFiles(csv, new TreeSet<>(labels.keySet()), classes, parted ? parts : Map.of());
    }

    private static boolean isHeader(List<String> cells) {
        return column(cells, PATH_COLUMNS) >= 0 && column(cells, CLASS_COLUMNS) >= 0;
    }

    private static List<String> lower(List<String> cells) {
        return cells.stream().map(cell -> cell.toLowerCase(Locale.ROOT)).toList();
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

    /** The parts of each class, and where they are said; empty if the list says nothing of parts. */
    Map<String, Map<Part, String>> parts() {
        return parts;
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
    public SortedSet<String> hidden() {
        return Collections.emptySortedSet();
    }

    @Override
    public SortedSet<String> litter() {
        return Collections.emptySortedSet();
    }

    @Override
    public byte[] read(String file, long limit) {
        try (InputStream in = Files.newInputStream(locate(file))) {
            return FileTree.atMost(in, limit, describe(file));
        } catch (NoSuchFileException e) {
            throw new DataException(
                    describe(file) + " does not exist, but is listed in " + csv
                            + "; expected paths from the folder of the list, or absolute ones",
                    e);
        } catch (IOException e) {
            throw new DataException(describe(file) + " cannot be read: " + FileReasons.of(e), e);
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
            // A list from Windows has its separator.
            for (String name : List.of(file, file.replace('\\', '/'))) {
                for (Path folder : List.of(root, root.resolve("images"))) {
                    Path path = folder.resolve(name);
                    if (Files.exists(path)) {
                        return path;
                    }
                }
            }
            return root.resolve(file);
        } catch (InvalidPathException e) {
            throw new DataException("'" + file + "', listed in " + csv + ", is no path", e);
        }
    }

    @Override
    public void close() {}
}
