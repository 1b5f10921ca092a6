package org.deutero.app.docs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.deutero.experiment.base.UserException;

/** A table written by hand but for one column, which follows from the first. */
record ComponentTable(List<List<String>> rows) {
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");
    private static final Pattern BAR = Pattern.compile("(?<!\\\\)\\|");

    static ComponentTable of(List<String> lines) {
        List<List<String>> rows = new ArrayList<>();
        for (String line : lines) {
            String inner = line.substring(line.indexOf('|') + 1, line.lastIndexOf('|'));
            rows.add(Arrays.stream(BAR.split(inner, -1)).map(String::strip).toList());
        }
        return new ComponentTable(rows);
    }

    /** Names in backticks in a first cell. */
    static List<String> names(String cell) {
        return NAME.matcher(cell).results().map(name -> name.group(1)).toList();
    }

    /** The table in Markdown, with one column made anew: its heading begins with a word, its cells follow from those of the first column. */
    List<String> with(String heading, UnaryOperator<String> cellOf) {
        List<String> headings = rows.get(0);
        int column = (int)
                headings.stream().takeWhile(text -> !text.startsWith(heading)).count();
        if (column == headings.size()) {
            throw UserException.usage("a table has no column \"" + heading + "\" but " + headings);
        }
        MarkdownTable table = new MarkdownTable(headings);
        for (List<String> row : rows.subList(2, rows.size())) {
            List<String> cells = new ArrayList<>(row);
            cells.set(column, cellOf.apply(row.get(0)));
            table.row(cells);
        }
        return table.lines();
    }
}
