package org.deutero.app.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deutero.app.text.Answer;
import org.deutero.app.text.AnswerFormat;
import org.deutero.app.text.Score;
import org.deutero.tasks.files.Limits;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.Picture;
import org.deutero.tensor.io.AtomicFiles;

/** Lays out the page of {@code predict --page}: pictures, what a classifier makes of them, and how sure it is. One file that needs nothing else. */
public final class AnswersPage implements AnswerFormat {
    /** A page with more is too large for a browser. */
    private static final int SHOWN = 1000;

    private static final int SIDE = 96;

    private final Path file;
    private final String model;
    private final List<String> classes;
    private final int top;
    private final StringBuilder figures = new StringBuilder();
    private final StringBuilder failures = new StringBuilder();
    private String scores = "";
    private int answers;
    private int rejected;

    /**
     * An empty page.
     *
     * @param model what the classifier is called
     * @param top how many classes are shown for a picture
     */
    public AnswersPage(Path file, String model, List<String> classes, int top) {
        this.file = file;
        this.model = model;
        this.classes = classes;
        this.top = top;
    }

    @Override
    public void answer(Answer answer) {
        answers++;
        rejected += answer.rejected() ? 1 : 0;
        if (answers > SHOWN) {
            return;
        }
        String name = Markup.escape(answer.image().toString());
        figures.append("<figure class=\"answer")
                .append(answer.truth().isEmpty() ? "" : answer.wrong() ? " wrong" : " right")
                .append("\"><img alt=\"")
                .append(name)
                .append("\" title=\"")
                .append(name)
                .append("\" src=\"")
                .append(thumbnail(answer.image()))
                .append("\"><figcaption><b>")
                .append(Markup.escape(answer.given()))
                .append("</b>");
        if (answer.wrong()) {
            figures.append("<span class=\"truth\">is ")
                    .append(Markup.escape(answer.truth().orElseThrow()))
                    .append("</span>");
        }
        if (answer.prediction().blank()) {
            figures.append("<span>blank picture</span>");
        }
        answer.prediction().probabilities().entrySet().stream().limit(top).forEach(this::bar);
        figures.append("<span class=\"file\">")
                .append(Markup.escape(String.valueOf(answer.image().getFileName())))
                .append("</span></figcaption></figure>\n");
    }

    private void bar(Map.Entry<String, Double> one) {
        figures.append("<span class=\"sure\"><i style=\"width:")
                .append(Math.round(100 * one.getValue()))
                .append("%\"></i>")
                .append(Markup.escape(one.getKey()))
                .append(" <em>")
                .append(Answer.percent(one.getValue()))
                .append("</em></span>");
    }

    /** Of the picture itself, not of what the learner sees; its aspect ratio stays. */
    private static String thumbnail(Path image) {
        try {
            Picture picture = Picture.decode(Files.readAllBytes(image), image.toString(), Limits.DEFAULT.pixels());
            double scale = Math.min(1, SIDE / (double) Math.max(picture.height(), picture.width()));
            int height = (int) Math.max(1, Math.round(scale * picture.height()));
            int width = (int) Math.max(1, Math.round(scale * picture.width()));
            ImageFormat format = ImageFormat.colour(SIDE);
            Picture small = picture.as(new ImageFormat(picture.channels(), height, width, format.resampling(), false));
            return Png.dataUri(small.units(), small.channels(), height, width);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void score(Score score) {
        StringBuilder lines = new StringBuilder("<section>\n<h2>Score</h2>\n<ul>\n");
        score.lines()
                .forEach(
                        line -> lines.append("<li>").append(Markup.escape(line)).append("</li>\n"));
        scores = lines.append("</ul>\n</section>\n").toString();
    }

    @Override
    public void failure(Path image, String sentence) {
        failures.append("<li>").append(Markup.escape(sentence)).append("</li>\n");
    }

    /** Writes the file. */
    @Override
    public void flush() {
        try {
            AtomicFiles.write(file, html());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String html() {
        String title = "Answers of " + model;
        StringBuilder html = new StringBuilder("<header>\n<h1>")
                .append(Markup.escape(title))
                .append("</h1>\n<p class=\"lead\">")
                .append(answers)
                .append(answers == 1 ? " picture" : " pictures")
                .append(rejected == 0 ? "" : ", " + rejected + " of none of the classes")
                .append("; classes: ")
                .append(Markup.escape(String.join(", ", classes)))
                .append(answers > SHOWN ? ". The first " + SHOWN + " are shown" : "")
                .append(".</p>\n</header>\n")
                .append(scores);
        if (!failures.isEmpty()) {
            html.append("<section>\n<h2>Not read</h2>\n<ul>\n").append(failures).append("</ul>\n</section>\n");
        }
        html.append("<section class=\"answers\">\n").append(figures).append("</section>\n");
        return Page.html(title, html.toString());
    }
}
