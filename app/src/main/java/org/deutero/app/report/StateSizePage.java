package org.deutero.app.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.deutero.experiment.incontext.StateSizePicture;
import org.deutero.experiment.incontext.StateSizePicture.Matched;
import org.deutero.experiment.incontext.StateSizePicture.Point;
import org.deutero.experiment.report.Numbers;
import org.deutero.tensor.io.AtomicFiles;

/** How well learners in context learn by the size of their state and by the number of their parameters, as a page of its own. */
public final class StateSizePage {
    private static final String TITLE = "Learning in context by the size of the state";
    private static final double HEIGHT = 330;

    private final StateSizePicture picture;
    private final InContextWords words;

    private StateSizePage(StateSizePicture picture) {
        this.picture = picture;
        this.words = new InContextWords(picture.conditions());
    }

    /** Writes the page; it is there completely or not at all. */
    public static void write(Path file, StateSizePicture picture) throws IOException {
        AtomicFiles.write(file, html(picture));
    }

    /** The page as text. */
    public static String html(StateSizePicture picture) {
        return new StateSizePage(picture).page();
    }

    private String page() {
        String content = "<header>\n<h1>" + TITLE + "</h1>\n<p class=\"lead\">"
                + Markup.escape("What a learner can know of a task is bounded by the numbers that it carries from one"
                        + " item to the next, not by its parameters (Kirsch, Harrison, Sohl-Dickstein and Metz 2022)."
                        + " " + picture.points().size() + " learners of "
                        + byArchitecture().size() + " architectures, meta-trained alike on tasks that are new all the"
                        + " time.")
                + "</p>\n</header>\n<div class=\"row\">\n"
                + chart("numbers in the state", Point::state, "size of the state", picture.byState())
                + chart("parameters", Point::parameters, "number of parameters", picture.byParameters())
                + "</div>\n" + Page.section("At equal numbers of parameters", orders())
                + Page.section("Figures", table())
                + Page.section("Conditions", Page.facts(facts()))
                + Page.section(
                        "Recipe",
                        "<pre class=\"recipe\"><code>"
                                + Markup.escape(picture.conditions().resolved()) + "</code></pre>\n");
        return Page.html(TITLE, content);
    }

    private Map<String, List<Point>> byArchitecture() {
        Map<String, List<Point>> all = new LinkedHashMap<>();
        picture.points()
                .forEach(p -> all.computeIfAbsent(p.learner().architecture(), a -> new ArrayList<>())
                        .add(p));
        return all;
    }

    private String chart(String xLabel, ToLongFunction<Point> size, String what, double correlation) {
        LineChart chart = new LineChart(xLabel, "accuracy on unseen tasks")
                .logX()
                .height(HEIGHT)
                .percent();
        double[] all = picture.points().stream()
                .mapToDouble(size::applyAsLong)
                .sorted()
                .toArray();
        int colour = 1;
        for (Map.Entry<String, List<Point>> own : byArchitecture().entrySet()) {
            List<Point> sorted = own.getValue().stream()
                    .sorted(Comparator.comparingLong(size))
                    .toList();
            chart.add(words.series(
                    name(own.getKey()),
                    colour++,
                    sorted.stream().mapToDouble(size::applyAsLong).toArray(),
                    sorted.stream().map(p -> p.unseen().late()).toList()));
        }
        double chance = 100 * picture.chance();
        chart.add(Series.line(
                        "chance", "before", new double[] {all[0], all[all.length - 1]}, new double[] {chance, chance})
                .as(Series.Form.DASHED));
        return "<figure class=\"plot\">\n" + chart.svg() + "<figcaption>"
                + Markup.escape(words.late() + " of unseen tasks by the " + what + " of " + all.length
                        + " learners; rank correlation " + correlation(correlation) + ". " + words.sample())
                + "</figcaption>\n</figure>\n";
    }

    static String correlation(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : "unknown";
    }

    /** As it stands in running text. */
    public static String name(String architecture) {
        return switch (architecture) {
            case "lstm" -> "LSTM";
            case "outer-product" -> "outer-product LSTM";
            case "fast-weights" -> "fast weights";
            case "vsml" -> "VSML";
            default -> architecture;
        };
    }

    private String orders() {
        StringBuilder html = new StringBuilder();
        picture.matched()
                .forEach(m -> html.append("<p>").append(Markup.escape(order(m))).append("</p>\n"));
        return html.isEmpty()
                ? html.toString()
                : "<p class=\"lead\">"
                        + Markup.escape("For each transformer, whoever comes within a factor of "
                                + StateSizePicture.ABOUT + " of its number of parameters; \"<\" where accuracies are"
                                + " further apart than their intervals, \"≈\" where they are not.")
                        + "</p>\n" + html;
    }

    /** One line: the worst first. */
    public static String order(Matched matched) {
        StringBuilder line = new StringBuilder("At about ")
                .append(Numbers.brief(matched.members().stream()
                        .mapToLong(Point::parameters)
                        .average()
                        .orElseThrow()))
                .append(" parameters: ");
        for (int i = 0; i < matched.members().size(); i++) {
            Point point = matched.members().get(i);
            if (i > 0) {
                line.append(matched.apart(i) ? " < " : " ≈ ");
            }
            line.append(name(point.learner().architecture()))
                    .append(' ')
                    .append(InContextWords.accuracy(point.unseen().late()))
                    .append(" (state ")
                    .append(Numbers.brief(point.state()))
                    .append(')');
        }
        return line.append('.').toString();
    }

    private String table() {
        List<String> sets = List.copyOf(picture.points().get(0).others().keySet());
        StringBuilder table = new StringBuilder("<table class=\"layers\">\n<tr><th>architecture</th><th>size</th>"
                + "<th>parameters</th><th>state</th><th>unseen: first</th><th>last</th>");
        sets.forEach(set -> table.append("<th>")
                .append(Markup.escape(InContextWords.images(set)))
                .append("</th>"));
        table.append("</tr>\n");
        for (Point p : picture.points()) {
            List<String> cells = new ArrayList<>(List.of(
                    name(p.learner().architecture()),
                    p.learner().size(),
                    PhasePage.count(p.parameters()),
                    PhasePage.count(p.state()),
                    InContextWords.accuracy(p.unseen().first()),
                    InContextWords.accuracy(p.unseen().late())));
            sets.forEach(
                    set -> cells.add(InContextWords.accuracy(p.others().get(set).late())));
            table.append("<tr>");
            cells.forEach(
                    cell -> table.append("<td>").append(Markup.escape(cell)).append("</td>"));
            table.append("</tr>\n");
        }
        return table + "</table>\n";
    }

    private Map<String, String> facts() {
        Map<String, String> facts = words.facts();
        facts.put(
                "state",
                "numbers carried on after the last item of a sequence; of a transformer, keys and values of all items:"
                        + " layers x items x 2 x heads x key size");
        return facts;
    }
}
