package org.deutero.app.text;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** How the answers of a classifier are shown. */
public interface AnswerFormat {
    /** The answer for a picture. */
    void answer(Answer answer);

    /** How many of the pictures whose class is known were labelled with it. */
    void score(Score score);

    /** A picture without an answer; its sentence goes to standard error besides. */
    void failure(Path image, String sentence);

    /** Shows what is still held back. */
    void flush();

    /** A line for each picture: file, label, probability, and the next most probable classes. */
    static AnswerFormat table(PrintWriter out, int top, int width) {
        return new TableAnswers(out, top, width);
    }

    /** A JSON object on a line for each picture. */
    static AnswerFormat json(PrintWriter out, int top) {
        return new JsonAnswers(out, top);
    }

    /**
     * A line of values between commas for each picture, after a line with the names of the columns.
     *
     * @param err where the score goes, which is no such line
     * @param rejecting whether there is a column of pictures of none of the classes
     */
    static AnswerFormat csv(PrintWriter out, PrintWriter err, int top, boolean rejecting) {
        return new CsvAnswers(out, err, top, rejecting);
    }

    /** All of these. */
    static AnswerFormat all(List<AnswerFormat> formats) {
        return new AnswerFormat() {
            @Override
            public void answer(Answer answer) {
                formats.forEach(format -> format.answer(answer));
            }

            @Override
            public void score(Score score) {
                formats.forEach(format -> format.score(score));
            }

            @Override
            public void failure(Path image, String sentence) {
                formats.forEach(format -> format.failure(image, sentence));
            }

            @Override
            public void flush() {
                formats.forEach(AnswerFormat::flush);
            }
        };
    }
}
