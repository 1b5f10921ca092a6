package org.deutero.app.report;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.deutero.app.report.Series.Form;
import org.deutero.experiment.gradcheck.OneDimension;
import org.deutero.experiment.gradcheck.OneDimension.Path;
import org.deutero.experiment.gradcheck.OneDimension.Point;

/**
 * EvoGrad's one-dimensional illustration as a page: hyper-gradients by theta, and where joint descent goes.
 *
 * @param points of all populations, by theta within each
 * @param descents for each size of population
 * @param facts under which conditions, in the order shown
 */
public record OneDimensionPage(List<Point> points, List<Descent> descents, Map<String, String> facts) {
    private static final int COLOURS = 6;

    /**
     * Ways from several starts.
     *
     * @param copies of the population
     * @param exact by the exact hyper-gradient
     * @param estimated by the population, from the same starts
     */
    public record Descent(int copies, List<Path> exact, List<Path> estimated) {}

    /** The page as text. */
    public String html() {
        String title = "EvoGrad in one dimension";
        StringBuilder content = new StringBuilder("<header>\n<h1>" + title + "</h1>\n<p class=\"lead\">"
                + Markup.escape(
                        "x is trained on (x - 1)² + theta x² and judged by (x - 1/2)². The exact hyper-gradient at the"
                                + " optimum is beside what populations of copies estimate around x ~ N(0, 1).")
                + "</p>\n</header>\n<div class=\"row\">\n");
        content.append(figure(means(), "Mean of the estimates over trials: the sign is right, the size about half."));
        content.append(figure(
                curves(new LineChart("theta", "deviation of an estimate"), Point::deviation)
                        .logY(),
                "Deviation over trials: it falls with the number of copies."));
        descents.forEach(descent -> content.append(figure(
                ways(descent),
                descent.copies()
                        + " copies: joint descent of x and theta from the starts of the paper. Solid: estimated;"
                        + " dashed: by the exact hyper-gradient.")));
        content.append("</div>\n<section>\n<h2>Conditions</h2>\n")
                .append(Page.facts(facts))
                .append("</section>\n");
        return Page.html(title, content.toString());
    }

    private static String figure(LineChart chart, String caption) {
        return "<figure class=\"plot\">\n" + chart.svg() + "<figcaption>" + Markup.escape(caption)
                + "</figcaption>\n</figure>\n";
    }

    private LineChart means() {
        double[] theta =
                points.stream().mapToDouble(Point::theta).distinct().sorted().toArray();
        double[] exact = Arrays.stream(theta).map(OneDimension::exact).toArray();
        return curves(
                new LineChart("theta", "hyper-gradient").add(Series.line("exact", "truth", theta, exact)), Point::mean);
    }

    private LineChart curves(LineChart chart, ToDoubleFunction<Point> value) {
        int[] copies = points.stream().mapToInt(Point::copies).distinct().toArray();
        for (int i = 0; i < copies.length; i++) {
            int k = copies[i];
            List<Point> own = points.stream().filter(p -> p.copies() == k).toList();
            chart.add(Series.line(
                            k + " copies",
                            "c" + (i % COLOURS + 1),
                            own.stream().mapToDouble(Point::theta).toArray(),
                            own.stream().mapToDouble(value).toArray())
                    .as(Form.DOTS));
        }
        return chart;
    }

    private static LineChart ways(Descent descent) {
        LineChart chart = new LineChart("x", "theta");
        for (int i = 0; i < descent.estimated().size(); i++) {
            String style = "c" + (i % COLOURS + 1);
            Path exact = descent.exact().get(i);
            Path own = descent.estimated().get(i);
            chart.add(Series.line("", style, exact.x(), exact.theta()).as(Form.DASHED));
            chart.add(Series.line("", style, own.x(), own.theta()).as(Form.DOTS));
        }
        return chart;
    }
}
