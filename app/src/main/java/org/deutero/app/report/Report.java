package org.deutero.app.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.report.Course;
import org.deutero.experiment.report.Divergence;
import org.deutero.experiment.report.Headline;
import org.deutero.experiment.report.MetricNames;
import org.deutero.experiment.report.Numbers;
import org.deutero.experiment.report.ReportData;
import org.deutero.experiment.report.Strip;
import org.deutero.tensor.io.AtomicFiles;

/** Lays out {@code report.html}. */
public final class Report {
    private final ReportData data;
    private final Figures figures;
    private final StringBuilder html = new StringBuilder();
    private int figure;

    private Report(ReportData data) {
        this.data = data;
        this.figures = new Figures(data);
    }

    /** Writes the page; it is there completely or not at all. */
    public static void write(Path file, ReportData data) throws IOException {
        AtomicFiles.write(file, html(data));
    }

    /** The page as text. */
    public static String html(ReportData data) {
        return new Report(data).page();
    }

    private String page() {
        header();
        String metric = MetricNames.words(data.metricName());
        row(List.of(
                figure(figures.trainLoss(), "Meta-loss during training: each row of the log (faint) and running mean."),
                figure(figures.validation(), capital(metric) + " during training; the band is the 95 % interval."),
                figure(figures.byStep(), "Test " + metric + " after each inner step, with 95 % intervals.")));
        section("Deciding online", online());
        section("By points shown", sizes());
        section(
                "Labels in doubt",
                data.suspects()
                        .map(s -> "<p class=\"lead\">" + SuspectsPage.sentence(s)
                                + ": <a href=\"suspects.html\">suspects.html</a>, <a"
                                + " href=\"suspects.csv\">suspects.csv</a>.</p>\n")
                        .orElse(""));
        section("In parts", parts());
        section("Adaptation", adaptations());
        section("Functions", bands());
        section("Pictures", completions());
        courses().forEach(this::section);
        section("Episodes", strips());
        section("Example tasks", episodes());
        section("Example tasks", readings());
        section("Structure", structure());
        section("Learned step sizes", Page.facts(figures.stepSizes()));
        section("Provenance", provenance());
        section("Recipe", "<pre class=\"recipe\"><code>" + Markup.escape(data.recipe()) + "</code></pre>\n");
        return Page.html(data.title(), html.toString());
    }

    private void header() {
        html.append("<header>\n<h1>").append(Markup.escape(data.title())).append("</h1>\n");
        if (!data.description().isEmpty()) {
            html.append("<p class=\"lead\">")
                    .append(Markup.escape(data.description()))
                    .append("</p>\n");
        }
        html.append("<div class=\"tiles\">\n");
        MetricRow.Test test = figures.test();
        if (test == null) {
            tile("not yet measured", "test " + MetricNames.words(data.metricName()), "main");
        } else {
            tile(
                    Headline.metricValue(test.metricName(), test.metric(), test.interval()),
                    "test " + MetricNames.words(test.metricName()) + " over " + Divergence.over(test)
                            + ", mean and 95 % interval",
                    "main");
        }
        if (test != null && test.diverged() > 0) {
            tile(test.diverged() + " of " + test.tasks(), "test tasks diverged", "published");
        }
        if (!data.published().isEmpty()) {
            tile(data.published(), "published", "published");
        }
        html.append("</div>\n</header>\n");
    }

    private void tile(String value, String caption, String style) {
        html.append("<div class=\"tile ").append(style).append("\"><b>").append(Markup.escape(value));
        html.append("</b><span>").append(Markup.escape(caption)).append("</span></div>\n");
    }

    private String figure(String content, String caption) {
        if (content.isEmpty()) {
            return "";
        }
        figure++;
        return "<figure class=\"plot\">\n" + content + "<figcaption><b>Figure " + figure + ".</b> "
                + Markup.escape(caption) + "</figcaption>\n</figure>\n";
    }

    private void row(List<String> plots) {
        html.append("<div class=\"row\">\n");
        plots.forEach(html::append);
        html.append("</div>\n");
    }

    private String online() {
        Map<String, List<MetricRow.Online>> settings = OnlineFigures.bySetting(data.rows());
        if (settings.isEmpty()) {
            return "";
        }
        StringBuilder plots = new StringBuilder("<div class=\"row\">\n");
        settings.forEach((setting, policies) -> plots.append(figure(
                OnlineFigures.chart(policies),
                capital(setting) + ": expected regret up to a round, in shares of a uniform policy's; mean over "
                        + policies.get(0).games().size() + " games, the band is the 95 % interval.")));
        return plots + "</div>\n" + OnlineFigures.table(settings);
    }

    private String sizes() {
        Map<String, Map<String, List<MetricRow.BySize>>> metrics = SizeFigures.byMetric(data.rows());
        if (metrics.isEmpty()) {
            return "";
        }
        StringBuilder plots = new StringBuilder("<div class=\"row\">\n");
        metrics.forEach((metric, predictors) -> plots.append(figure(
                SizeFigures.chart(predictors),
                capital(MetricNames.words(metric)) + " by the number of points shown, with 95 % intervals.")));
        return plots + "</div>\n" + SizeFigures.table(metrics);
    }

    private String bands() {
        StringBuilder plots = new StringBuilder();
        for (ReportData.Band band : data.bands()) {
            int shown = band.shownX().length;
            plots.append(figure(
                    BandChart.svg(band),
                    "A test function of which " + shown + (shown == 1 ? " point is" : " points are")
                            + " shown: what the learner expects, and how sure it is."
                            + (band.samples().isEmpty() ? "" : " Faint: functions drawn from what it believes.")));
        }
        return plots.isEmpty() ? "" : "<div class=\"row\">\n" + plots + "</div>\n";
    }

    private String completions() {
        StringBuilder plots = new StringBuilder();
        for (ReportData.Completion picture : data.completions()) {
            plots.append(figure(
                    CompletionGrid.html(picture),
                    "A test picture by the number of pixels shown (blue: hidden): what the learner expects, and its"
                            + " standard deviation, white for the largest, "
                            + Numbers.brief(CompletionGrid.largest(picture)) + "."));
        }
        return plots.isEmpty() ? "" : "<div class=\"row episodes\">\n" + plots + "</div>\n";
    }

    /** The test by kinds, unless these are games, which have figures of their own. */
    private String parts() {
        MetricRow.Test test = figures.test();
        Map<String, String> lines = new LinkedHashMap<>();
        if (test != null && OnlineFigures.bySetting(data.rows()).isEmpty()) {
            test.parts()
                    .forEach(part -> lines.put(
                            part.name(),
                            Headline.metricValue(test.metricName(), part.metric(), part.interval(), part.diverged())));
        }
        return lines.isEmpty() ? "" : Page.facts(lines);
    }

    private String adaptations() {
        StringBuilder plots = new StringBuilder();
        for (int i = 0; i < data.adaptations().size(); i++) {
            plots.append(figure(
                    Figures.adaptation(data.adaptations().get(i)),
                    "A test task: what the learner was told (support) and what it made of it."));
        }
        return plots.isEmpty() ? "" : "<div class=\"row\">\n" + plots + "</div>\n";
    }

    private String episodes() {
        StringBuilder plots = new StringBuilder();
        for (ReportData.Episode episode : data.episodes()) {
            plots.append(figure(
                    EpisodeGrid.html(episode),
                    "A test task. Left, the examples the learner saw; right, queries with its answer and the"
                            + " probability it gave; ✗ names the wrong class it chose."));
        }
        return plots.isEmpty() ? "" : "<div class=\"row episodes\">\n" + plots + "</div>\n";
    }

    private String readings() {
        StringBuilder plots = new StringBuilder();
        for (ReportData.Reading reading : data.readings()) {
            plots.append(figure(
                    ReadingGrid.html(reading),
                    "A test task. Above, pictures with what the learner was told of them; below, queries with the"
                            + " truth and, behind the arrow, its answer."));
        }
        return plots.isEmpty() ? "" : "<div class=\"row episodes\">\n" + plots + "</div>\n";
    }

    /** Figures by section. */
    private Map<String, String> courses() {
        Map<String, StringBuilder> sections = new LinkedHashMap<>();
        for (Course course : data.courses()) {
            sections.computeIfAbsent(course.title(), title -> new StringBuilder())
                    .append(figure(CourseChart.svg(course), course.caption()));
        }
        Map<String, String> rows = new LinkedHashMap<>();
        sections.forEach((title, plots) -> rows.put(title, "<div class=\"row\">\n" + plots + "</div>\n"));
        return rows;
    }

    private String strips() {
        StringBuilder plots = new StringBuilder();
        for (Strip strip : data.strips()) {
            plots.append(figure(StripRow.html(strip), strip.caption()));
        }
        return plots.isEmpty() ? "" : "<div class=\"row episodes\">\n" + plots + "</div>\n";
    }

    private String structure() {
        StringBuilder plots = new StringBuilder();
        StringBuilder table = new StringBuilder("<table class=\"layers\">\n<tr><th>layer</th><th>active units</th>"
                + "<th>their overlap</th><th>active weights</th><th>their overlap</th></tr>\n");
        for (ReportData.Layer layer : data.structure()) {
            if (layer.strength().length > 0) {
                plots.append(figure(
                        HeatMap.html(layer.name(), layer.strength()),
                        "Units of layer " + layer.name() + " after learning, as strong as they are dark, the strongest"
                                + " on top; a column is a test task."));
            }
            table.append("<tr><td>").append(Markup.escape(layer.name())).append("</td>");
            share(table, layer.unitShare());
            share(table, layer.unitOverlap());
            share(table, layer.weightShare());
            share(table, layer.weightOverlap());
            table.append("</tr>\n");
        }
        return data.structure().isEmpty()
                ? ""
                : "<div class=\"row\">\n" + plots + "</div>\n" + table + "</table>\n"
                        + "<p class=\"lead\">Shares are means over"
                        + " tasks. Overlap is the mean over pairs of"
                        + " tasks of what is active in both over what"
                        + " is active in either: 100 % means one"
                        + " structure for all.</p>\n"
                        + Page.facts(figures.structure());
    }

    private static void share(StringBuilder table, double value) {
        table.append("<td>")
                .append(Double.isNaN(value) ? "" : Numbers.brief(100 * value) + " %")
                .append("</td>");
    }

    private String provenance() {
        return Page.facts(data.provenance());
    }

    private void section(String title, String content) {
        if (!content.isEmpty()) {
            html.append("<section>\n<h2>")
                    .append(title)
                    .append("</h2>\n")
                    .append(content)
                    .append("</section>\n");
        }
    }

    private static String capital(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
