package org.deutero.app.report;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deutero.app.report.Series.Form;

/**
 * Memory and time of estimators by the number of inner steps, as a page of its own.
 *
 * @param title of the page
 * @param description one sentence
 * @param curves one for each estimator
 * @param facts under which conditions, in the order shown
 * @param recipe resolved, as YAML
 */
public record ScalingPage(
        String title, String description, List<Curve> curves, Map<String, String> facts, String recipe) {
    private static final int COLOURS = 6;

    /**
     * Measurements of one estimator.
     *
     * @param name for the legend
     * @param steps numbers of inner steps, ascending
     * @param seconds time at each
     * @param mebibytes peak memory at each; NaN where it was not measurable
     */
    @SuppressWarnings("ArrayRecordComponent") // plain data, compared by nobody
    public record Curve(String name, double[] steps, double[] seconds, double[] mebibytes) {}

    /** The page as text. */
    public String html() {
        String content = "<header>\n<h1>" + Markup.escape(title) + "</h1>\n<p class=\"lead\">"
                + Markup.escape(description) + "</p>\n</header>\n<div class=\"row\">\n"
                + chart("peak memory (MiB)", Curve::mebibytes, "Peak native memory of one meta-gradient.")
                + chart("time (s)", Curve::seconds, "Time of one meta-gradient.")
                + "</div>\n<section>\n<h2>Conditions</h2>\n" + Page.facts(facts)
                + "</section>\n<section>\n<h2>Recipe</h2>\n<pre class=\"recipe\"><code>" + Markup.escape(recipe)
                + "</code></pre>\n</section>\n";
        return Page.html(title, content);
    }

    private String chart(String yLabel, Function<Curve, double[]> values, String caption) {
        LineChart chart = new LineChart("inner steps T", yLabel).logX().wholeX();
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            chart.add(Series.line(curve.name(), "c" + (i % COLOURS + 1), curve.steps(), values.apply(curve))
                    .as(Form.DOTS));
        }
        return "<figure class=\"plot\">\n" + chart.logYWhereItHelps().svg() + "<figcaption>" + Markup.escape(caption)
                + "</figcaption>\n</figure>\n";
    }
}
