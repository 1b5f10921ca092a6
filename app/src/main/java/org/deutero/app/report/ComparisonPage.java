package org.deutero.app.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.deutero.app.report.Series.Form;
import org.deutero.experiment.report.ComparisonData;
import org.deutero.experiment.report.ComparisonData.Confusion;
import org.deutero.experiment.report.ComparisonData.Pair;
import org.deutero.experiment.report.ComparisonData.Picture;
import org.deutero.experiment.report.ComparisonData.Point;
import org.deutero.experiment.report.ComparisonData.Run;
import org.deutero.experiment.report.ComparisonData.Worst;
import org.deutero.experiment.report.Course;
import org.deutero.experiment.report.Headline;
import org.deutero.experiment.report.MetricNames;
import org.deutero.experiment.report.Numbers;
import org.deutero.tensor.io.AtomicFiles;

/** Several runs side by side as a page of its own. */
public final class ComparisonPage {
    private static final int COLOURS = 6;

    /** Longer curves are drawn with a band. */
    private static final int MOST_DOTS = 40;

    private final ComparisonData data;
    private final String metric;
    private final boolean share;

    private ComparisonPage(ComparisonData data) {
        this.data = data;
        this.metric = MetricNames.words(data.metricName());
        this.share = MetricNames.isShare(data.metricName());
    }

    /** Writes the page; it is there completely or not at all. */
    public static void write(Path file, ComparisonData data) throws IOException {
        AtomicFiles.write(file, html(data));
    }

    /** The page as text. */
    public static String html(ComparisonData data) {
        return new ComparisonPage(data).page();
    }

    private String page() {
        List<String> names = data.runs().stream().map(Run::name).toList();
        StringBuilder html = new StringBuilder("<header>\n<h1>")
                .append(Markup.escape(String.join(" and ", names)))
                .append("</h1>\n<p class=\"lead\">")
                .append(Markup.escape(capital(metric) + " over " + data.tasks() + " test tasks (" + data.setting()
                        + "), means with 95 % intervals. Intervals cover the drawing of tasks, not training seeds."))
                .append("</p>\n</header>\n")
                .append(section("Figures", runs()))
                .append(section("Differences", pairs()))
                .append("<div class=\"row\">\n")
                .append(chart(
                        data.steps(),
                        Run::bySteps,
                        capital(metric)
                                + (data.steps().equals("inner step")
                                        ? " after each inner step."
                                        : " by " + data.steps() + ".")))
                .append(chart("shots", Run::byShots, byCaption("shots")))
                .append(chart("ways", Run::byWays, byCaption("ways")))
                .append("</div>\n")
                .append(section("Learning curves", learning()));
        for (Run run : data.runs()) {
            html.append(section("Most confused classes: " + run.name(), confusions(run)));
        }
        for (Run run : data.runs()) {
            html.append(section("Worst tasks: " + run.name(), worst(run)));
        }
        html.append(section("Conditions", Page.facts(data.facts())));
        return Page.html("Comparison of " + String.join(", ", names), html.toString());
    }

    private String byCaption(String what) {
        return capital(metric) + " by " + what + ", each point over " + data.curveTasks()
                + " tasks; all points have the same number of queries a class, which may not be the main figures'.";
    }

    private String runs() {
        StringBuilder table = new StringBuilder("<table class=\"facts\">\n<tr><th>run</th><th>method</th><th>"
                + Markup.escape(metric) + "</th><th>learning one task</th></tr>\n");
        for (Run run : data.runs()) {
            cells(
                    table,
                    run.name(),
                    run.method(),
                    Headline.metricValue(data.metricName(), run.metric(), run.interval(), run.diverged()),
                    Numbers.brief(run.milliseconds()) + " ms");
        }
        return table + "</table>\n";
    }

    private String pairs() {
        StringBuilder html = new StringBuilder();
        for (Pair pair : data.pairs()) {
            html.append("<p>").append(Markup.escape(pair.verdict())).append("</p>\n");
        }
        for (String note : data.notes()) {
            html.append("<p class=\"lead\">").append(Markup.escape(note)).append("</p>\n");
        }
        return html.toString();
    }

    private String chart(String xLabel, Function<Run, List<Point>> points, String caption) {
        LineChart chart = new LineChart(xLabel, metric).wholeX();
        boolean any = false;
        for (int i = 0; i < data.runs().size(); i++) {
            Run run = data.runs().get(i);
            List<Point> curve = points.apply(run);
            if (curve.isEmpty()) {
                continue;
            }
            any = true;
            double scale = share ? 100 : 1;
            chart.add(Series.line(
                            run.name(),
                            "c" + (i % COLOURS + 1),
                            curve.stream().mapToDouble(Point::x).toArray(),
                            curve.stream().mapToDouble(p -> scale * p.metric()).toArray())
                    .interval(curve.stream()
                            .mapToDouble(p -> scale * p.interval())
                            .toArray())
                    .as(curve.size() > MOST_DOTS ? Form.LINE : Form.DOTS));
        }
        String svg = share ? chart.percent().svg() : chart.logYWhereItHelps().svg();
        return any
                ? "<figure class=\"plot\">\n" + svg + "<figcaption>" + Markup.escape(caption)
                        + "</figcaption>\n</figure>\n"
                : "";
    }

    private String learning() {
        StringBuilder html = new StringBuilder();
        for (Course course : data.learning()) {
            double scale = MetricNames.isShare(course.metric()) ? 100 : 1;
            LineChart chart = new LineChart(course.by(), MetricNames.words(course.metric())).wholeX();
            for (int i = 0; i < course.curves().size(); i++) {
                Course.Curve curve = course.curves().get(i);
                Series series = Series.line(curve.name(), "c" + (i % COLOURS + 1), curve.x(), scaled(curve.y(), scale));
                chart.add(curve.interval().length == 0 ? series : series.interval(scaled(curve.interval(), scale)));
            }
            String svg = scale == 100
                    ? chart.percent().svg()
                    : chart.logYWhereItHelps().svg();
            html.append("<figure class=\"plot\">\n")
                    .append(svg)
                    .append("<figcaption>")
                    .append(Markup.escape(course.caption()))
                    .append("</figcaption>\n</figure>\n");
        }
        return html.isEmpty() ? "" : "<div class=\"row\">\n" + html + "</div>\n";
    }

    private static double[] scaled(double[] values, double scale) {
        return Arrays.stream(values).map(value -> scale * value).toArray();
    }

    private static String confusions(Run run) {
        if (run.confusions().isEmpty()) {
            return "";
        }
        StringBuilder table = new StringBuilder("<p class=\"lead\">Queries of either class answered with the other, of"
                + " all queries of both in tasks that held both. Left a query that was mistaken, right the example of"
                + " the class it was taken for.</p>\n<table class=\"facts\">\n");
        for (Confusion pair : run.confusions()) {
            table.append("<tr><td>");
            if (pair.mistaken() != null) {
                picture(table, pair.mistaken(), "wrong");
                picture(table, pair.taken(), "");
            }
            table.append("</td><td>")
                    .append(Markup.escape(pair.first() + " and " + pair.second()))
                    .append("</td><td>")
                    .append(pair.mistakes())
                    .append(" of ")
                    .append(pair.chances())
                    .append("</td></tr>\n");
        }
        return table + "</table>\n";
    }

    private static void picture(StringBuilder html, Picture picture, String style) {
        String name = Markup.escape(picture.name());
        html.append("<figure class=\"shot ").append(style).append("\" title=\"").append(name);
        html.append("\"><img alt=\"").append(name).append("\" src=\"");
        html.append(Png.dataUri(picture.pixels(), picture.channels(), picture.height(), picture.width()));
        html.append("\"></figure>");
    }

    private String worst(Run run) {
        StringBuilder html = new StringBuilder();
        for (Worst task : run.worst()) {
            String picture = task.episode() != null
                    ? EpisodeGrid.html(task.episode())
                    : task.adaptation() != null ? Figures.adaptation(task.adaptation()) : "";
            if (!picture.isEmpty()) {
                html.append("<figure class=\"plot\">\n").append(picture).append("<figcaption>");
                html.append(Markup.escape(caption(task))).append("</figcaption>\n</figure>\n");
            }
        }
        return html.isEmpty()
                ? ""
                : "<details>\n<summary>" + run.worst().size() + " tasks</summary>\n<div class=\"row episodes\">\n"
                        + html + "</div>\n</details>\n";
    }

    private String caption(Worst task) {
        String figure = "Task " + task.number() + ": " + metric + " "
                + Headline.metricBrief(data.metricName(), task.metric()) + ".";
        StringBuilder classes = new StringBuilder();
        for (int i = 0; i < task.classes().size(); i++) {
            classes.append(i == 0 ? " " : ", ")
                    .append(EpisodeGrid.name(i))
                    .append(" is ")
                    .append(task.classes().get(i));
        }
        return figure + classes + (classes.isEmpty() ? "" : ".");
    }

    private static void cells(StringBuilder table, String... cells) {
        table.append("<tr>");
        for (String cell : cells) {
            table.append("<td>").append(Markup.escape(cell)).append("</td>");
        }
        table.append("</tr>\n");
    }

    private static String section(String title, String content) {
        return content.isEmpty() ? "" : "<section>\n<h2>" + Markup.escape(title) + "</h2>\n" + content + "</section>\n";
    }

    private static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
