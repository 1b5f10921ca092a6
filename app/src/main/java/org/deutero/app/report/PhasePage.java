package org.deutero.app.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deutero.app.report.Series.Form;
import org.deutero.experiment.incontext.Figure;
import org.deutero.experiment.incontext.Phase;
import org.deutero.experiment.incontext.PhasePicture;
import org.deutero.experiment.incontext.PhasePicture.Point;
import org.deutero.experiment.incontext.PhasePicture.Region;
import org.deutero.experiment.incontext.Positions;
import org.deutero.tensor.io.AtomicFiles;

/** The phases of in-context learning as a page of its own: what is answered by the number of tasks of meta-training. */
public final class PhasePage {
    private static final String TITLE = "Phases of learning in context";
    private static final String BY = "tasks of meta-training";
    private static final double HEIGHT = 310;
    private static final double HUNDRED = 100;

    private final PhasePicture picture;
    private final InContextWords words;
    private final List<Region> regions;

    private PhasePage(PhasePicture picture) {
        this.picture = picture;
        this.words = new InContextWords(picture.conditions());
        this.regions = picture.regions();
    }

    /** Writes the page; it is there completely or not at all. */
    public static void write(Path file, PhasePicture picture) throws IOException {
        AtomicFiles.write(file, html(picture));
    }

    /** The page as text. */
    public static String html(PhasePicture picture) {
        return new PhasePage(picture).page();
    }

    private String page() {
        String content = "<header>\n<h1>" + TITLE + "</h1>\n<p class=\"lead\">"
                + Markup.escape(
                        "One small learner for each of " + picture.points().size() + " numbers of tasks, from "
                                + count(picture.points().get(0).tasks()) + " to "
                                + count(picture.points()
                                        .get(picture.points().size() - 1)
                                        .tasks())
                                + ", all else being equal. On few tasks it memorises them, on more it finds out which of them"
                                + " it is given, on many it learns to learn (Kirsch, Harrison, Sohl-Dickstein and Metz 2022).")
                + "</p>\n</header>\n" + tiles() + "<div class=\"row\">\n"
                + figure(
                        shaded(accuracies(Positions::late, true)),
                        words.late() + " by the number of tasks. Seen: tasks of meta-training; unseen: other"
                                + " projections and orders of labels, on images that are held out; others: the same on"
                                + " other images. " + words.sample())
                + figure(
                        shaded(accuracies(Positions::first, true)),
                        "The same at the first position, before anything was told: what is answered right here was"
                                + " known before. " + words.sample())
                + figure(shaded(gains()), "What is learned within a sequence: " + words.gain() + " " + words.rule())
                + "</div>\n"
                + Page.section("Within a sequence", "<div class=\"row\">\n" + sequences() + "</div>\n")
                + Page.section("Rule", "<p>" + Markup.escape(words.rule()) + "</p>\n" + table())
                + Page.section("Conditions", Page.facts(words.facts()))
                + Page.section(
                        "Recipe",
                        "<pre class=\"recipe\"><code>"
                                + Markup.escape(picture.conditions().resolved()) + "</code></pre>\n");
        return Page.html(TITLE, content);
    }

    private String tiles() {
        Map<Phase, String> numbers = new LinkedHashMap<>();
        for (Region region : regions) {
            numbers.merge(region.phase(), range(region), (a, b) -> a + ", " + b);
        }
        return "<div class=\"tiles\">\n"
                + numbers.entrySet().stream()
                        .map(e -> "<div class=\"tile\"><b>" + e.getKey().word() + "</b><span>"
                                + Markup.escape(e.getValue()) + "</span></div>\n")
                        .collect(Collectors.joining())
                + "</div>\n";
    }

    private static String range(Region region) {
        return region.from() == region.to()
                ? "at " + count(region.from()) + (region.from() == 1 ? " task" : " tasks")
                : "from " + count(region.from()) + " to " + count(region.to()) + " tasks";
    }

    static String count(long tasks) {
        return String.format(Locale.ROOT, "%,d", tasks);
    }

    private Map<String, Function<Point, Positions>> kinds() {
        Map<String, Function<Point, Positions>> kinds = new LinkedHashMap<>();
        kinds.put("seen tasks", Point::seen);
        kinds.put("unseen tasks", Point::unseen);
        picture.points()
                .get(0)
                .others()
                .keySet()
                .forEach(name ->
                        kinds.put(InContextWords.images(name), p -> p.others().get(name)));
        return kinds;
    }

    private double[] tasks() {
        return picture.points().stream().mapToDouble(Point::tasks).toArray();
    }

    private LineChart accuracies(Function<Positions, Figure> of, boolean chance) {
        LineChart chart = new LineChart(BY, "accuracy");
        int colour = 1;
        for (Map.Entry<String, Function<Point, Positions>> kind : kinds().entrySet()) {
            List<Figure> figures =
                    picture.points().stream().map(kind.getValue()).map(of).toList();
            chart.add(words.series(kind.getKey(), colour++, tasks(), figures));
        }
        if (chance) {
            chart.add(constant("chance", picture.chance()));
        }
        return chart.percent();
    }

    private Series constant(String name, double value) {
        double[] x = tasks();
        double[] y = new double[x.length];
        Arrays.fill(y, HUNDRED * value);
        return Series.line(name, "before", x, y).as(Form.DASHED);
    }

    private LineChart gains() {
        LineChart chart = new LineChart(BY, "gain within a sequence (points)");
        int colour = 1;
        for (String kind : List.of("seen tasks", "unseen tasks")) {
            Function<Point, Positions> of = kinds().get(kind);
            chart.add(Series.line(
                            kind,
                            "c" + colour++,
                            tasks(),
                            picture.points().stream()
                                    .mapToDouble(p -> HUNDRED * of.apply(p).gain())
                                    .toArray())
                    .as(Form.DOTS));
        }
        return chart.add(constant("counts from here", Phase.MARGIN));
    }

    /** With regions, which meet half-way between points on a logarithmic axis. */
    private LineChart shaded(LineChart chart) {
        chart.logX().height(HEIGHT).ticksAt(tasks().length > InContextWords.MOST_TICKS ? new double[0] : tasks());
        for (int i = 0; i < regions.size(); i++) {
            double from = i == 0 ? Double.NEGATIVE_INFINITY : between(regions.get(i - 1), regions.get(i));
            double to =
                    i == regions.size() - 1 ? Double.POSITIVE_INFINITY : between(regions.get(i), regions.get(i + 1));
            chart.region(from, to, regions.get(i).phase().word());
        }
        return chart;
    }

    private static double between(Region left, Region right) {
        return Math.sqrt((double) left.to() * right.from());
    }

    /** One chart a region: the point in its middle. */
    private String sequences() {
        StringBuilder html = new StringBuilder();
        for (Region region : regions) {
            Point point = region.points().get((region.points().size() - 1) / 2);
            LineChart chart = new LineChart("position", "accuracy").wholeX().height(HEIGHT);
            int colour = 1;
            for (Map.Entry<String, Function<Point, Positions>> kind :
                    List.copyOf(kinds().entrySet()).subList(0, 2)) {
                List<Figure> at = kind.getValue().apply(point).at();
                double[] x = IntStream.range(0, at.size()).asDoubleStream().toArray();
                chart.add(words.series(kind.getKey(), colour++, x, at).as(Form.LINE));
            }
            html.append(figure(
                    chart.percent().whole(),
                    point.phase().word() + ": " + count(point.tasks())
                            + (point.tasks() == 1 ? " task" : " tasks")
                            + " of meta-training. Right answers by position in the sequence, from 0, each before its"
                            + " own is told. " + words.sample()));
        }
        return html.toString();
    }

    private String table() {
        StringBuilder table = new StringBuilder("<table class=\"layers\">\n<tr><th>tasks</th>");
        kinds().keySet()
                .forEach(
                        kind -> table.append("<th>").append(Markup.escape(kind)).append(": first</th><th>last</th>"));
        table.append("<th>it does</th></tr>\n");
        for (Point point : picture.points()) {
            List<String> cells = new ArrayList<>(List.of(count(point.tasks())));
            kinds().values().forEach(kind -> {
                cells.add(InContextWords.accuracy(kind.apply(point).first()));
                cells.add(InContextWords.accuracy(kind.apply(point).late()));
            });
            cells.add(point.phase().word());
            table.append("<tr>");
            cells.forEach(
                    cell -> table.append("<td>").append(Markup.escape(cell)).append("</td>"));
            table.append("</tr>\n");
        }
        return table + "</table>\n";
    }

    private static String figure(LineChart chart, String caption) {
        return "<figure class=\"plot\">\n" + chart.svg() + "<figcaption>" + Markup.escape(caption)
                + "</figcaption>\n</figure>\n";
    }
}
