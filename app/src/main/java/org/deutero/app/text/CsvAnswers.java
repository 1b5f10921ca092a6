package org.deutero.app.text;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.deutero.serve.Prediction;

/**
 * Answers for spreadsheets. Columns: file, label, probability, truth, blank, rejected (where pictures are rejected), error, and label and probability of the second, third ... most probable class. A picture that
 * could not be read has its file and the error only; what does not apply is empty.
 */
final class CsvAnswers implements AnswerFormat {
    private final PrintWriter out;
    private final PrintWriter err;
    private final int top;
    private final boolean rejecting;

    CsvAnswers(PrintWriter out, PrintWriter err, int top, boolean rejecting) {
        this.out = out;
        this.err = err;
        this.top = top;
        this.rejecting = rejecting;
        List<String> columns = new ArrayList<>(List.of("file", "label", "probability", "truth", "blank"));
        if (rejecting) {
            columns.add("rejected");
        }
        columns.add("error");
        for (int k = 2; k <= top; k++) {
            columns.addAll(List.of("label" + k, "probability" + k));
        }
        line(columns);
    }

    @Override
    public void answer(Answer answer) {
        Prediction p = answer.prediction();
        List<String> cells = new ArrayList<>(List.of(
                answer.image().toString(),
                p.label(),
                String.valueOf(p.probability()),
                answer.truth().orElse(""),
                String.valueOf(p.blank())));
        if (rejecting) {
            cells.add(String.valueOf(answer.rejected()));
        }
        cells.add("");
        List<Map.Entry<String, Double>> ranked = List.copyOf(p.probabilities().entrySet());
        for (int k = 1; k < top; k++) {
            boolean there = k < ranked.size();
            cells.add(there ? ranked.get(k).getKey() : "");
            cells.add(there ? String.valueOf(ranked.get(k).getValue()) : "");
        }
        line(cells);
    }

    @Override
    public void score(Score score) {
        score.lines().forEach(err::println);
        err.flush();
    }

    @Override
    public void failure(Path image, String sentence) {
        List<String> cells = new ArrayList<>(List.of(image.toString(), "", "", "", ""));
        if (rejecting) {
            cells.add("");
        }
        cells.add(sentence);
        for (int k = 1; k < top; k++) {
            cells.addAll(List.of("", ""));
        }
        line(cells);
    }

    @Override
    public void flush() {
        out.flush();
    }

    private void line(List<String> cells) {
        out.println(cells.stream().map(CsvAnswers::quoted).collect(Collectors.joining(",")));
    }

    /** By RFC 4180. */
    private static String quoted(String cell) {
        return cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + cell.replace("\"", "\"\"") + '"'
                : cell;
    }
}
