package org.deutero.app.text;

import java.util.ArrayList;
import java.util.List;

/** Plain columns; the last one is folded at word boundaries to fit the width. */
public final class Table {
    private static final int MINIMUM_LAST = 30;
    private static final int WIDEST = 48;

    private final int width;
    private final List<List<String>> rows = new ArrayList<>();

    /** An empty one for a screen of so many characters. */
    public Table(int width) {
        this.width = width;
    }

    /** Adds a row; gives back this table. */
    public Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** Its lines, cells below each other, long ones folded. */
    public List<String> lines() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int c = 0; c < row.size(); c++) {
                widths[c] = Math.max(widths[c], Math.min(WIDEST, row.get(c).length()));
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder start = new StringBuilder();
            for (int c = 0; c < row.size() - 1; c++) {
                start.append(pad(row.get(c), widths[c] + 2));
            }
            int room = Math.max(MINIMUM_LAST, width - start.length());
            String indent = " ".repeat(start.length());
            for (String piece : fold(row.get(row.size() - 1), room)) {
                lines.add((start + piece).stripTrailing());
                start = new StringBuilder(indent);
            }
        }
        return lines;
    }

    /** Lines of a text that are no wider than {@code width}, broken between words. */
    public static List<String> fold(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
