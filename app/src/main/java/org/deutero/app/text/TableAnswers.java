package org.deutero.app.text;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.deutero.serve.Prediction;

/** Answers for people, in columns. */
final class TableAnswers implements AnswerFormat {
    private final PrintWriter out;
    private final int top;
    private final int width;
    private Table table;

    TableAnswers(PrintWriter out, int top, int width) {
        this.out = out;
        this.top = top;
        this.width = width;
        table = new Table(width);
    }

    @Override
    public void answer(Answer answer) {
        Prediction p = answer.prediction();
        // Of a picture that is rejected the label is only the nearest class.
        table.row(
                Answer.printable(answer.image()),
                answer.given(),
                answer.rejected() ? "" : Answer.percent(p.probability()),
                p.probabilities().entrySet().stream()
                        .limit(top)
                        .skip(answer.rejected() ? 0 : 1)
                        .map(e -> e.getKey() + " " + Answer.percent(e.getValue()))
                        .collect(Collectors.joining(", ")),
                answer.wrong() ? "wrong: " + answer.truth().orElseThrow() : p.blank() ? "blank picture" : "");
    }

    @Override
    public void score(Score score) {
        flush();
        score.lines().forEach(out::println);
        out.flush();
    }

    @Override
    public void failure(Path image, String sentence) {}

    @Override
    public void flush() {
        table.lines().forEach(out::println);
        out.flush();
        table = new Table(width);
    }
}
