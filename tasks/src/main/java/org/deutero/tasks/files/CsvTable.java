package org.deutero.tasks.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.deutero.tasks.DataException;

/**
 * Some columns of a CSV file with a header, whatever its separators and encoding.
 *
 * @param path the file
 * @param separator between values
 * @param rows values of the columns asked for, in that order, without blank lines
 * @param lines where each row stands, from 1
 */
public record CsvTable(Path path, char separator, List<List<String>> rows, List<Integer> lines) {

    /**
     * Reads columns by their names, in any case.
     *
     * @throws DataException if there is no such file, column or value
     */
    public static CsvTable read(Path path, List<String> columns) {
        Csv text = Csv.read(path);
        int top = 0;
        while (top < text.lines().size() && text.lines().get(top).isBlank()) {
            top++;
        }
        String head = top < text.lines().size() ? text.lines().get(top) : "";
        char separator = separator(text, head, columns);
        List<Integer> places = places(lower(Csv.cells(head, separator)), columns);
        for (int i = 0; i < columns.size(); i++) {
            if (places.get(i) < 0) {
                throw new DataException(path + " has no column \"" + columns.get(i)
                        + "\"; its first line, which must name the columns, is: "
                        + (head.length() > 80 ? head.substring(0, 80) + "..." : head));
            }
        }
        List<List<String>> rows = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        for (int i = top + 1; i < text.lines().size(); i++) {
            if (text.lines().get(i).isBlank()) {
                continue;
            }
            List<String> cells = Csv.cells(text.lines().get(i), separator);
            List<String> row = new ArrayList<>();
            for (int c = 0; c < columns.size(); c++) {
                String cell = places.get(c) < cells.size() ? cells.get(places.get(c)) : "";
                if (cell.isEmpty()) {
                    throw new DataException("line " + (i + 1) + " of " + path + " has no value in the column \""
                            + columns.get(c) + "\"");
                }
                row.add(cell);
            }
            rows.add(row);
            lines.add(i + 1);
        }
        return new CsvTable(path, separator, rows, lines);
    }

    /** A value as a finite number; with a decimal comma where commas do not separate. */
    public double number(int row, int column) {
        String cell = rows.get(row).get(column);
        String plain = separator != ',' && cell.indexOf('.') < 0 ? cell.replace(',', '.') : cell;
        try {
            double value = Double.parseDouble(plain);
            if (Math.abs(value) <= Float.MAX_VALUE) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new DataException(
                "line " + lines.get(row) + " of " + path + " has \"" + cell + "\" where a finite number is expected");
    }

    /** That by which all columns are found, or else some, so that those are named which lack indeed. */
    private static char separator(Csv text, String head, List<String> columns) {
        Predicate<List<String>> all =
                cells -> places(lower(cells), columns).stream().allMatch(place -> place >= 0);
        char separator = text.separator(head, all);
        return all.test(Csv.cells(head, separator))
                ? separator
                : text.separator(
                        head, cells -> places(lower(cells), columns).stream().anyMatch(place -> place >= 0));
    }

    private static List<Integer> places(List<String> header, List<String> columns) {
        return columns.stream()
                .map(name -> header.indexOf(name.strip().toLowerCase(Locale.ROOT)))
                .toList();
    }

    private static List<String> lower(List<String> cells) {
        return cells.stream().map(cell -> cell.toLowerCase(Locale.ROOT)).toList();
    }
}
