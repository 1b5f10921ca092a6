package org.deutero.app.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deutero.experiment.base.UserException;
import org.deutero.options.Suggestions;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Measured results on record, a file of {@code docs/results}.
 *
 * @param columns headings; {@code row} is the one that is not printed
 * @param rows one figure, or figures that belong together, each by column; a column that a row lacks is an empty cell
 * @param experiments names of the experiments of {@code deutero reproduce} whose figures stand in it
 */
record ResultTable(List<String> columns, List<Map<String, String>> rows, List<String> experiments) {
    private static final String SILENT = "row";
    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    ResultTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        experiments = experiments == null ? List.of() : List.copyOf(experiments);
    }

    /** Reads a file. @throws UserException in one sentence if it is missing or not such a table */
    static ResultTable read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw UserException.usage("there is no file of results " + file);
        }
        ResultTable table;
        try {
            table = MAPPER.readValue(Files.readString(file), ResultTable.class);
        } catch (JacksonException e) {
            throw UserException.usage(
                    file + " is no table of results: "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    e);
        }
        for (Map<String, String> row : table.rows()) {
            for (String column : row.keySet()) {
                if (!table.columns().contains(column)) {
                    throw UserException.usage(
                            file + " has a cell in column \"" + column + "\", which is none of its columns "
                                    + table.columns() + Suggestions.phrase(column, table.columns()));
                }
            }
        }
        return table;
    }

    /** In Markdown. */
    List<String> lines() {
        MarkdownTable table = new MarkdownTable(columns.stream()
                .map(column -> column.equals(SILENT) ? "" : column)
                .toList());
        rows.forEach(row -> table.row(
                columns.stream().map(column -> row.getOrDefault(column, "")).toList()));
        return table.lines();
    }
}
