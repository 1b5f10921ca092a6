package org.deutero.app.command;

import java.util.ArrayList;
import java.util.List;

/** Plain columns; the last one is folded at word boundaries to fit the width. */
final class Table {
    private static final int MINIMUM_LAST = 30;
    private static final int WIDEST = 48;

    private final int width;
    private final List<List<String>> rows = new ArrayList<>();

    Table(int width) {
        this.width = width;
    }

    Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    List<String> lines() {
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

    static List<String> fold(String text, int width) {
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
