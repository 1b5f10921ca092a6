package org.deutero.app.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How often pictures of each class were labelled with each: pictures whose class is known from the folder that they lie in. Not thread-safe. */
public final class Score {
    private final SortedMap<String, SortedMap<String, Integer>> counts = new TreeMap<>();
    private final SortedMap<String, Integer> others = new TreeMap<>();
    private final boolean rejecting;
    private int othersRejected;

    /**
     * Nothing yet.
     *
     * @param rejecting whether pictures of none of the classes are told, so that those in other folders are scored as well
     */
    public Score(boolean rejecting) {
        this.rejecting = rejecting;
    }

    /** A picture of a class was labelled so, or with {@link Answer#NONE}. */
    public void add(String truth, String label) {
        counts.computeIfAbsent(truth, k -> new TreeMap<>()).merge(label, 1, Integer::sum);
    }

    /**
     * A picture was labelled that lies in a folder which is none of the classes.
     *
     * @param rejected whether it was said to show none of them
     */
    public void addUnknown(String folder, boolean rejected) {
        others.merge(folder, 1, Integer::sum);
        othersRejected += rejected ? 1 : 0;
    }

    /** Whether there is anything to tell. */
    public boolean isEmpty() {
        return counts.isEmpty() && !(rejecting && !others.isEmpty());
    }

    private int pictures() {
        return counts.values().stream()
                .flatMap(row -> row.values().stream())
                .mapToInt(Integer::intValue)
                .sum();
    }

    private int correct() {
        return counts.entrySet().stream()
                .mapToInt(row -> row.getValue().getOrDefault(row.getKey(), 0))
                .sum();
    }

    /** Accuracy, then a line for each class with its confusions, most frequent first. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!counts.isEmpty()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "Accuracy %.1f %%: %d of %d pictures in folders named like classes",
                    100.0 * correct() / pictures(),
                    correct(),
                    pictures()));
        }
        counts.forEach((truth, row) -> {
            int all = row.values().stream().mapToInt(Integer::intValue).sum();
            String taken = row.entrySet().stream()
                    .filter(cell -> !cell.getKey().equals(truth))
                    .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                    .map(cell -> cell.getKey() + " " + cell.getValue())
                    .collect(Collectors.joining(", "));
            lines.add("  " + truth + ": " + row.getOrDefault(truth, 0) + " of " + all
                    + (taken.isEmpty() ? "" : "; taken for " + taken));
        });
        if (rejecting && !others.isEmpty()) {
            int all = others.values().stream().mapToInt(Integer::intValue).sum();
            lines.add(String.format(
                    Locale.ROOT,
                    "Rejected %.1f %%: %d of %d pictures in folders that are none of the classes (%s)",
                    100.0 * othersRejected / all,
                    othersRejected,
                    all,
                    String.join(", ", others.keySet())));
        } else if (!others.isEmpty()) {
            lines.add("  not scored, since the classifier has no such class: "
                    + others.entrySet().stream()
                            .map(folder -> folder.getKey() + " " + folder.getValue())
                            .collect(Collectors.joining(", ")));
        }
        return lines;
    }

    /** The same as a tree of JSON. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (!counts.isEmpty()) {
            tree.put("accuracy", (double) correct() / pictures());
        }
        tree.put("correct", correct());
        tree.put("pictures", pictures());
        tree.put("confusions", counts);
        if (rejecting) {
            tree.put("none-of-these", others);
            tree.put("rejected", othersRejected);
        } else {
            tree.put("not-scored", others);
        }
        return tree;
    }
}
