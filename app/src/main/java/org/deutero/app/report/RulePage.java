package org.deutero.app.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deutero.app.report.Series.Form;
import org.deutero.experiment.report.MetricNames;
import org.deutero.experiment.report.RuleData;
import org.deutero.experiment.report.RuleData.Curve;
import org.deutero.experiment.report.RuleData.Direction;
import org.deutero.experiment.report.RuleData.Ground;
import org.deutero.tensor.io.AtomicFiles;

/** A learned rule as a page of its own: races, directions, genome. */
public final class RulePage {
    private static final int COLOURS = 6;
    private static final double HEIGHT = 340;

    private RulePage() {}

    /** Writes the page; it is there completely or not at all. */
    public static void write(Path file, RuleData data) throws IOException {
        AtomicFiles.write(file, html(data));
    }

    /** The page as text. */
    public static String html(RuleData data) {
        StringBuilder html = new StringBuilder("<header>\n<h1>")
                .append(Markup.escape(data.title()))
                .append("</h1>\n<p class=\"lead\">")
                .append(Markup.escape(data.description()))
                .append("</p>\n</header>\n");
        StringBuilder notes = new StringBuilder();
        data.notes()
                .forEach(note -> notes.append("<p>").append(Markup.escape(note)).append("</p>\n"));
        html.append(section("Not measured", notes.toString()));
        StringBuilder races = new StringBuilder();
        data.grounds().forEach(ground -> races.append(race(ground)));
        html.append(section("Learning curves", races.isEmpty() ? "" : "<div class=\"row\">\n" + races + "</div>\n"));
        StringBuilder standings = new StringBuilder();
        data.grounds()
                .forEach(ground -> ground.standing()
                        .ifPresent(standing -> standings.append(StandingFigures.html(ground, standing))));
        html.append(section("Who wins, and where it loses", standings.toString()));
        html.append(section("Where steps go", directions(data)));
        html.append(section("What was learned", GeneFigures.html(data.genes())));
        html.append(section("Conditions", Page.facts(data.facts())));
        html.append(
                section("Recipe", "<pre class=\"recipe\"><code>" + Markup.escape(data.recipe()) + "</code></pre>\n"));
        return Page.html(data.title(), html.toString());
    }

    private static String race(Ground ground) {
        boolean share = MetricNames.isShare(ground.metricName());
        String metric = MetricNames.words(ground.metricName());
        LineChart chart = new LineChart("step", metric).wholeX().height(HEIGHT);
        for (int i = 0; i < ground.curves().size(); i++) {
            Curve curve = ground.curves().get(i);
            // A logarithm begins with 1.
            double[] steps = ground.standing().isPresent()
                    ? Arrays.stream(curve.steps()).map(step -> step + 1).toArray()
                    : curve.steps();
            chart.add(Series.line(curve.name(), style(i), steps, scaled(curve.mean(), share))
                    .interval(scaled(curve.interval(), share)));
        }
        if (ground.standing().isPresent()) {
            return figure(
                    chart.logX().logYWhereItHelps().svg(),
                    ground.name(),
                    ": " + metric + " of the mini-batch before each step; " + ground.tasks()
                            + " problems, bands are 95 % intervals.");
        }
        String svg = share ? chart.percent().svg() : chart.logYWhereItHelps().svg();
        String told = ground.online()
                ? " of what a step is about to show, predicted before it is learned from, in means over stretches of the stream"
                : " on queries after each step";
        return figure(
                svg, ground.name(), ": " + metric + told + "; " + ground.tasks() + " tasks, bands are 95 % intervals.");
    }

    private static String directions(RuleData data) {
        if (data.directions().isEmpty()) {
            return "";
        }
        return "<div class=\"row\">\n"
                + figure(
                        cosines(data.directions()),
                        "Cosine with the negative gradient",
                        ": 1 is straight down the loss on what the step is shown, 0 is across.")
                + (data.parts().isEmpty()
                        ? ""
                        : figure(
                                cosines(data.parts()),
                                "The rule's, part by part",
                                ": the same for each tensor of its fast state."))
                + figure(
                        rates(data.directions()),
                        "Length of steps",
                        ": divided by the length of the gradient, which for gradient descent is its step size.")
                + "</div>\n";
    }

    private static String cosines(List<Direction> directions) {
        LineChart chart = new LineChart("step", "cosine").wholeX().height(HEIGHT);
        for (int i = 0; i < directions.size(); i++) {
            Direction d = directions.get(i);
            chart.add(Series.line(d.name(), style(i), steps(d.cosine()), d.cosine())
                    .interval(d.interval()));
        }
        return chart.svg();
    }

    private static String rates(List<Direction> directions) {
        LineChart chart = new LineChart("step", "length of step / gradient")
                .wholeX()
                .logY()
                .height(HEIGHT);
        for (int i = 0; i < directions.size(); i++) {
            Direction d = directions.get(i);
            chart.add(Series.line(d.name(), style(i), steps(d.rate()), d.rate())
                    .positive()
                    .as(Form.LINE));
        }
        return chart.svg();
    }

    private static double[] steps(double[] values) {
        return IntStream.range(0, values.length).asDoubleStream().toArray();
    }

    private static double[] scaled(double[] values, boolean share) {
        return share ? Arrays.stream(values).map(v -> 100 * v).toArray() : values;
    }

    static String style(int i) {
        return "c" + (i % COLOURS + 1);
    }

    static String figure(String svg, String name, String caption) {
        return "<figure class=\"plot\">\n" + svg + "<figcaption><b>" + Markup.escape(name) + "</b>"
                + Markup.escape(caption) + "</figcaption>\n</figure>\n";
    }

    private static String section(String title, String content) {
        return content.isEmpty() ? "" : "<section>\n<h2>" + Markup.escape(title) + "</h2>\n" + content + "</section>\n";
    }
}
