package org.deutero.app.text;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.deutero.serve.Prediction;
import tools.jackson.databind.json.JsonMapper;

/** How the answers of a classifier are printed. */
public interface AnswerFormat {
    /** The answer for a picture. */
    default void answer(Path image, Prediction prediction) {
        answer(image, prediction, Optional.empty());
    }

    /** The answer for a picture whose class may be known. */
    void answer(Path image, Prediction prediction, Optional<String> truth);

    /** How many of the pictures whose class is known were labelled with it. */
    void score(Score score);

    /** A picture without an answer; its sentence goes to standard error besides. */
    void failure(Path image, String sentence);

    /** Prints what is still held back for its columns. */
    void flush();

    /** A line for each picture: file, label, probability, and the next most probable classes. */
    static AnswerFormat table(PrintWriter out, int top, int width) {
        return new AnswerFormat() {
            private Table table = new Table(width);

            @Override
            public void answer(Path image, Prediction p, Optional<String> truth) {
                table.row(
                        printable(image),
                        p.label(),
                        percent(p.probability()),
                        p.probabilities().entrySet().stream()
                                .limit(top)
                                .skip(1)
                                .map(e -> e.getKey() + " " + percent(e.getValue()))
                                .collect(Collectors.joining(", ")),
                        truth.filter(name -> !name.equals(p.label()))
                                .map(name -> "wrong: " + name)
                                .orElse(p.blank() ? "blank picture" : ""));
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
        };
    }

    /** A JSON object on a line for each picture. */
    static AnswerFormat json(PrintWriter out, int top) {
        return new AnswerFormat() {
            @Override
            public void answer(Path image, Prediction p, Optional<String> truth) {
                Map<String, Double> best = new LinkedHashMap<>();
                p.probabilities().entrySet().stream().limit(top).forEach(e -> best.put(e.getKey(), e.getValue()));
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("file", image.toString());
                line.put("label", p.label());
                line.put("probability", p.probability());
                line.put("probabilities", best);
                line.put("blank", p.blank());
                truth.ifPresent(name -> {
                    line.put("truth", name);
                    line.put("correct", name.equals(p.label()));
                });
                out.println(JsonMapper.shared().writeValueAsString(line));
            }

            @Override
            public void score(Score score) {
                out.println(JsonMapper.shared().writeValueAsString(score.tree()));
            }

            @Override
            public void failure(Path image, String sentence) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("file", image.toString());
                line.put("error", sentence);
                out.println(JsonMapper.shared().writeValueAsString(line));
            }

            @Override
            public void flush() {
                out.flush();
            }
        };
    }

    /** A path on one line, whatever is in its name. */
    private static String printable(Path path) {
        return path.toString().replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
    }

    private static String percent(double probability) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * probability);
    }
}
