package org.deutero.tasks.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.deutero.tasks.ClassSplit;
import org.deutero.tasks.DataException;

/**
 * A text file that says of each class whether it is to train, validate or test on: {@code CLASS,PART} a line, or the two with a
 * semicolon or white space between. A part is {@code train}, {@code val} (or {@code validation}, {@code valid}) or {@code test}. A header
 * line, blank lines and lines that start with {@code #} do not count; classes that are not listed are not used.
 */
public final class SplitFile {

    private static final Map<String, ClassSplit.Part> PARTS = Map.of(
            "train", ClassSplit.Part.TRAIN,
            "training", ClassSplit.Part.TRAIN,
            "val", ClassSplit.Part.VALIDATION,
            "valid", ClassSplit.Part.VALIDATION,
            "validation", ClassSplit.Part.VALIDATION,
            "test", ClassSplit.Part.TEST,
            "testing", ClassSplit.Part.TEST);

    static final List<String> HEADERS = List.of("split", "part", "set", "subset");

    private SplitFile() {}

    /** The part that a word names, in any case. */
    static Optional<ClassSplit.Part> part(String word) {
        return Optional.ofNullable(PARTS.get(word.strip().toLowerCase(Locale.ROOT)));
    }

    /** Whether all classes that a file lists are among these. */
    public static boolean fits(Path file, List<String> classNames) {
        Csv text = Csv.read(file);
        return text.lines().stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> cells(text, line))
                .filter(cells -> cells.size() == 2 && part(cells.get(1)).isPresent())
                .allMatch(cells -> classNames.contains(cells.get(0)));
    }

    /** Reads a split of the given classes. */
    public static ClassSplit read(Path file, List<String> classNames) {
        Map<ClassSplit.Part, List<String>> parts = new HashMap<>();
        for (ClassSplit.Part part : ClassSplit.Part.values()) {
            parts.put(part, new ArrayList<>());
        }
        Map<String, Integer> lineOf = new HashMap<>();
        Map<String, ClassSplit.Part> partOf = new HashMap<>();
        Csv text = Csv.read(file);
        List<String> lines = text.lines();
        boolean first = true;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            List<String> cells = cells(text, line);
            String word = cells.size() == 2 ? cells.get(1).toLowerCase(Locale.ROOT) : "";
            boolean header = first && HEADERS.contains(word);
            first = false;
            if (header) {
                continue;
            }
            ClassSplit.Part part = PARTS.get(word);
            if (part == null) {
                throw new DataException("line " + (i + 1) + " of " + file + " must be a class and train, validation or"
                        + " test, such as cat,train, not \"" + (line.length() > 60 ? line.substring(0, 60) : line)
                        + "\"");
            }
            String name = cells.get(0);
            Integer other = lineOf.put(name, i + 1);
            ClassSplit.Part before = partOf.put(name, part);
            if (other != null) {
                throw new DataException("class '" + name + "' stands twice in " + file + ", in lines " + other + " and "
                        + (i + 1) + (before == part ? "" : ", for two parts, but a class can be in one only"));
            }
            if (!classNames.contains(name)) {
                throw new DataException("line " + (i + 1) + " of " + file + " names the class '" + name
                        + "', but the pictures have no class of that name");
            }
            parts.get(part).add(name);
        }
        return ClassSplit.byNames(
                classNames,
                parts.get(ClassSplit.Part.TRAIN),
                parts.get(ClassSplit.Part.VALIDATION),
                parts.get(ClassSplit.Part.TEST));
    }

    private static List<String> cells(Csv text, String line) {
        char separator = text.separator(
                line,
                cells -> cells.size() == 2
                        && (PARTS.containsKey(cells.get(1).toLowerCase(Locale.ROOT))
                                || HEADERS.contains(cells.get(1).toLowerCase(Locale.ROOT))));
        if (line.indexOf(separator) >= 0) {
            return Csv.cells(line, separator);
        }
        // The class may hold blanks; the part does not.
        int blank = Math.max(line.lastIndexOf(' '), line.lastIndexOf('\t'));
        return blank < 0 ? List.of(line) : List.of(line.substring(0, blank).strip(), line.substring(blank + 1));
    }
}
