package org.deutero.tasks.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deutero.tasks.ClassSplit;
import org.deutero.tasks.DataException;

/**
 * A text file that says of each class whether it is to train, validate or test on: {@code CLASS,PART} a line, or the two with
 * white space between. A part is {@code train}, {@code val} (or {@code validation}, {@code valid}) or {@code test}. A header
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

    private static final List<String> HEADERS = List.of("split", "part", "set", "subset");

    private SplitFile() {}

    /** Reads a split of the given classes. */
    public static ClassSplit read(Path file, List<String> classNames) {
        Map<ClassSplit.Part, List<String>> parts = new HashMap<>();
        for (ClassSplit.Part part : ClassSplit.Part.values()) {
            parts.put(part, new ArrayList<>());
        }
        Map<String, Integer> lineOf = new HashMap<>();
        List<String> lines = Csv.lines(file);
        boolean first = true;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            List<String> cells = cells(line);
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
            if (other != null) {
                throw new DataException(
                        "class '" + name + "' stands twice in " + file + ", in lines " + other + " and " + (i + 1));
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

    private static List<String> cells(String line) {
        if (line.indexOf(',') >= 0) {
            return Csv.cells(line);
        }
        // The class may hold blanks; the part does not.
        int blank = Math.max(line.lastIndexOf(' '), line.lastIndexOf('\t'));
        return blank < 0 ? List.of(line) : List.of(line.substring(0, blank).strip(), line.substring(blank + 1));
    }
}
