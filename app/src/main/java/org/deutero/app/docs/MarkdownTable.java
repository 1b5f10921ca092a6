package org.deutero.app.docs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table in Markdown; cells are Markdown, too. */
final class MarkdownTable {
    private final int columns;
    private final List<String> lines = new ArrayList<>();

    MarkdownTable(List<String> headings) {
        columns = headings.size();
        row(headings);
        lines.add("| " + String.join(" | ", Collections.nCopies(columns, "---")) + " |");
    }

    MarkdownTable row(List<String> cells) {
        if (cells.size() != columns) {
            throw new IllegalArgumentException(
                    "a row of " + cells.size() + " cells in a table of " + columns + " columns");
        }
        StringBuilder line = new StringBuilder("|");
        cells.forEach(cell -> line.append(cell.isEmpty() ? " |" : " " + cell + " |"));
        lines.add(line.toString());
        return this;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
