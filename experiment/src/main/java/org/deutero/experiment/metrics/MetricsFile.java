package org.deutero.experiment.metrics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deutero.tensor.io.AtomicFiles;
import tools.jackson.databind.JsonNode;

/** Appends rows to {@code metrics.jsonl} and reads them. A last line torn by a kill is ignored. */
public final class MetricsFile {
    private final Path file;

    public MetricsFile(Path file) {
        this.file = file;
    }

    /** Appends one line in a single write; a reader sees all of it or none. */
    public synchronized void append(MetricRow row) throws IOException {
        byte[] line = (MetricJson.write(row) + "\n").getBytes(StandardCharsets.UTF_8);
        try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write(line);
        }
    }

    /** All rows of known kinds, in order; none if there is no file yet. */
    public List<MetricRow> read() throws IOException {
        List<MetricRow> rows = new ArrayList<>();
        for (String line : lines()) {
            MetricJson.parse(line).flatMap(MetricJson::row).ifPresent(rows::add);
        }
        return rows;
    }

    /** Wall time of training up to an iteration, in seconds, resumed parts included; 0 without a row. */
    public double secondsUntil(long iteration) throws IOException {
        return read().stream()
                .filter(MetricRow.Train.class::isInstance)
                .map(MetricRow.Train.class::cast)
                .filter(row -> row.iteration() <= iteration)
                .mapToDouble(MetricRow.Train::seconds)
                .max()
                .orElse(0);
    }

    /**
     * Makes the file what it was at a checkpoint: drops rows of later iterations, rows of the final test, and a
     * torn last line. The file changes in one step or not at all.
     */
    public synchronized void truncateAfter(long iteration) throws IOException {
        StringBuilder kept = new StringBuilder();
        for (String line : lines()) {
            Optional<JsonNode> json = MetricJson.parse(line);
            if (json.isPresent()
                    && json.get().has("iteration")
                    && json.get().path("iteration").asLong(Long.MAX_VALUE) <= iteration) {
                kept.append(line).append('\n');
            }
        }
        if (Files.exists(file)) {
            AtomicFiles.write(file, kept.toString());
        }
    }

    private List<String> lines() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        // Not Files.readAllLines: a torn line may end inside a multi-byte character, which that refuses.
        try (var in = Files.newInputStream(file);
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }
}
