package org.deutero.app.report;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.deutero.app.report.Series.Form;

/**
 * The error of contrastive estimates by the strength of nudging as a page of its own: a chart for each contrast, measured and expected.
 *
 * @param title of the page
 * @param description a sentence or two
 * @param panels one for each contrast
 * @param references errors of other estimators, drawn across every chart
 * @param best what is best for every curve, in the order shown
 * @param gaps why points are missing
 * @param facts under which conditions, in the order shown
 * @param recipe resolved, as YAML
 */
public record NudgingPage(
        String title,
        String description,
        List<Panel> panels,
        Map<String, Double> references,
        Map<String, String> best,
        List<String> gaps,
        Map<String, String> facts,
        String recipe) {
    private static final double HEIGHT = 340;
    private static final int COLOURS = 4;
    /** How far beyond measured errors a chart reaches. */
    private static final double MARGIN = 10;

    private static final List<String> ACROSS = List.of("c5", "c6", "support");
    private static final String CAPTION =
            ": relative error against the implicit gradient at the minimum. Solid: measured, by the length of phases; dashed: bias plus"
                    + " residue as theory expects; rings: the best strength, measured and expected; dotted: other estimators at the recipe's"
                    + " own end.";

    /**
     * One chart.
     *
     * @param name of the contrast
     * @param strengths ascending
     */
    @SuppressWarnings("ArrayRecordComponent") // plain data, compared by nobody
    public record Panel(String name, double[] strengths, List<Curve> curves) {}

    /**
     * One length of phases.
     *
     * @param name for the legend
     * @param measured errors; NaN where a phase ran away
     * @param expected by theory
     * @param best strength and error of the least measured error
     * @param expectedBest the same for the expected one
     */
    @SuppressWarnings("ArrayRecordComponent") // plain data, compared by nobody
    public record Curve(String name, double[] measured, double[] expected, double[] best, double[] expectedBest) {}

    /** The page as text. */
    public String html() {
        StringBuilder content = new StringBuilder("<header>\n<h1>" + Markup.escape(title) + "</h1>\n<p class=\"lead\">"
                + Markup.escape(description) + "</p>\n</header>\n<div class=\"row\">\n");
        panels.forEach(panel -> content.append(chart(panel)));
        content.append("</div>\n<section>\n<h2>Best strengths</h2>\n").append(Page.facts(best));
        if (!gaps.isEmpty()) {
            content.append("</section>\n<section>\n<h2>Gaps</h2>\n");
            gaps.forEach(gap -> content.append("<p>").append(Markup.escape(gap)).append(".</p>\n"));
        }
        return Page.html(
                title,
                content.append("</section>\n<section>\n<h2>Conditions</h2>\n")
                        .append(Page.facts(facts))
                        .append("</section>\n<section>\n<h2>Recipe</h2>\n<pre class=\"recipe\"><code>")
                        .append(Markup.escape(recipe))
                        .append("</code></pre>\n</section>\n")
                        .toString());
    }

    private String chart(Panel panel) {
        LineChart chart = new LineChart("strength of nudging beta", "relative error")
                .height(HEIGHT)
                .logX()
                .logY();
        double[] x = panel.strengths();
        double low = measured(panel).min().orElse(0) / MARGIN;
        double high = measured(panel).max().orElse(Double.POSITIVE_INFINITY) * MARGIN;
        for (int i = 0; i < panel.curves().size(); i++) {
            Curve curve = panel.curves().get(i);
            String style = "c" + (i % COLOURS + 1);
            double[] expected = Arrays.stream(curve.expected())
                    .map(y -> inside(y, low, high))
                    .toArray();
            chart.add(Series.line("", style, x, expected).as(Form.DASHED));
            chart.add(Series.line(curve.name(), style, x, curve.measured()).as(Form.DOTS));
            ring(chart, style, curve.best(), x, low, high);
            ring(chart, style, curve.expectedBest(), x, low, high);
        }
        int at = 0;
        for (Map.Entry<String, Double> other : references.entrySet()) {
            double[] y = new double[x.length];
            Arrays.fill(y, inside(other.getValue(), low, high));
            chart.add(Series.line(other.getKey(), ACROSS.get(at++ % ACROSS.size()), x, y)
                    .as(Form.DOTTED));
        }
        return "<figure class=\"plot\">\n" + chart.svg() + "<figcaption><b>" + Markup.escape(panel.name()) + "</b>"
                + Markup.escape(CAPTION) + "</figcaption>\n</figure>\n";
    }

    private static void ring(LineChart chart, String style, double[] point, double[] x, double low, double high) {
        boolean inside = point.length == 2
                && point[0] >= x[0]
                && point[0] <= x[x.length - 1]
                && point[1] >= low
                && point[1] <= high;
        if (inside) {
            chart.add(Series.line("", style, new double[] {point[0]}, new double[] {point[1]})
                    .as(Form.RINGS));
        }
    }

    /** A gap where a value would squeeze the chart. */
    private static double inside(double y, double low, double high) {
        return y >= low && y <= high ? y : Double.NaN;
    }

    private static DoubleStream measured(Panel panel) {
        return panel.curves().stream()
                .flatMapToDouble(c -> Arrays.stream(c.measured()))
                .filter(y -> Double.isFinite(y) && y > 0);
    }
}
