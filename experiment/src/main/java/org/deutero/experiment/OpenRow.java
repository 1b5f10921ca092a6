package org.deutero.experiment;

import java.util.LinkedHashMap;
import java.util.Map;

/** The row of the log that iterations are being added to; it can be put into a checkpoint and taken out again to the last bit. */
final class OpenRow {
    private static final String LOSS = "row-loss";
    private static final String DIAGNOSTIC = "row-diagnostic-";

    private final Sum loss = new Sum();
    private final Map<String, Sum> diagnostics = new LinkedHashMap<>();

    private static final class Sum {
        private double total;
        private long count;

        void add(double value) {
            total += value;
            count++;
        }

        double mean() {
            return total / count;
        }

        String text() {
            return total + " " + count;
        }

        static Sum of(String text) {
            int blank = text.indexOf(' ');
            Sum sum = new Sum();
            sum.total = Double.parseDouble(text.substring(0, blank));
            sum.count = Long.parseLong(text.substring(blank + 1));
            return sum;
        }
    }

    void add(double newLoss, Map<String, Double> newDiagnostics) {
        loss.add(newLoss);
        newDiagnostics.forEach((name, value) ->
                diagnostics.computeIfAbsent(name, n -> new Sum()).add(value));
    }

    double loss() {
        return loss.mean();
    }

    Map<String, Double> diagnostics() {
        Map<String, Double> means = new LinkedHashMap<>();
        diagnostics.forEach((name, sum) -> means.put(name, sum.mean()));
        return means;
    }

    void clear() {
        loss.total = 0;
        loss.count = 0;
        diagnostics.clear();
    }

    /** Nothing for a row without iterations. */
    Map<String, String> toMetadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (loss.count > 0) {
            metadata.put(LOSS, loss.text());
            diagnostics.forEach((name, sum) -> metadata.put(DIAGNOSTIC + name, sum.text()));
        }
        return metadata;
    }

    void restore(Map<String, String> metadata) {
        clear();
        String text = metadata.get(LOSS);
        if (text != null) {
            Sum sum = Sum.of(text);
            loss.total = sum.total;
            loss.count = sum.count;
        }
        metadata.forEach((name, value) -> {
            if (name.startsWith(DIAGNOSTIC)) {
                diagnostics.put(name.substring(DIAGNOSTIC.length()), Sum.of(value));
            }
        });
    }
}
