package org.deutero.app.text;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deutero.serve.Prediction;
import tools.jackson.databind.json.JsonMapper;

/** Answers for programs, an object a line. */
final class JsonAnswers implements AnswerFormat {
    private final PrintWriter out;
    private final int top;

    JsonAnswers(PrintWriter out, int top) {
        this.out = out;
        this.top = top;
    }

    @Override
    public void answer(Answer answer) {
        Prediction p = answer.prediction();
        Map<String, Double> best = new LinkedHashMap<>();
        p.probabilities().entrySet().stream().limit(top).forEach(e -> best.put(e.getKey(), e.getValue()));
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("file", answer.image().toString());
        line.put("label", p.label());
        line.put("probability", p.probability());
        line.put("probabilities", best);
        line.put("blank", p.blank());
        if (answer.rejecting()) {
            line.put("rejected", answer.rejected());
        }
        answer.truth().ifPresent(name -> {
            line.put("truth", name);
            line.put("correct", !answer.wrong());
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
}
