package org.deutero.app.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deutero.app.report.Series.Form;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.report.Headline;
import org.deutero.experiment.report.MetricNames;

/** Figures by the number of points shown: a chart for each metric and a table of all. */
final class SizeFigures {
    private static final int COLOURS = 6;

    private SizeFigures() {}

    /** Metrics with the rows of each predictor, the run's own first; what was measured again counts by its last row. */
    static Map<String, Map<String, List<MetricRow.BySize>>> byMetric(List<MetricRow> rows) {
        Map<List<Object>, MetricRow.BySize> latest = new LinkedHashMap<>();
        for (MetricRow row : rows) {
            if (row instanceof MetricRow.BySize sized) {
                latest.put(List.of(sized.predictor(), sized.points(), sized.metricName()), sized);
            }
        }
        Map<String, Map<String, List<MetricRow.BySize>>> metrics = new LinkedHashMap<>();
        latest.values()
                .forEach(row -> metrics.computeIfAbsent(row.metricName(), m -> new LinkedHashMap<>())
                        .computeIfAbsent(row.predictor(), p -> new ArrayList<>())
                        .add(row));
        return metrics;
    }

    /** One metric of each predictor. */
    static String chart(Map<String, List<MetricRow.BySize>> predictors) {
        String metric = predictors.values().iterator().next().get(0).metricName();
        LineChart chart = new LineChart("points shown", MetricNames.words(metric)).wholeX();
        int colour = 0;
        for (Map.Entry<String, List<MetricRow.BySize>> predictor : predictors.entrySet()) {
            colour = Math.min(colour + 1, COLOURS);
            List<MetricRow.BySize> rows = predictor.getValue();
            chart.add(Series.line(
                            predictor.getKey(),
                            "c" + colour,
                            rows.stream().mapToDouble(MetricRow.BySize::points).toArray(),
                            rows.stream().mapToDouble(MetricRow.BySize::metric).toArray())
                    .interval(rows.stream()
                            .mapToDouble(MetricRow.BySize::interval)
                            .toArray())
                    .as(Form.DOTS));
        }
        return chart.logYWhereItHelps().svg();
    }

    /** All figures: a line for each metric and predictor, a column for each number of points. */
    static String table(Map<String, Map<String, List<MetricRow.BySize>>> metrics) {
        StringBuilder html = new StringBuilder("<table class=\"layers\">\n");
        metrics.forEach((metric, predictors) -> {
            html.append("<tr><th>")
                    .append(Markup.escape(MetricNames.words(metric)))
                    .append("</th>");
            predictors
                    .values()
                    .iterator()
                    .next()
                    .forEach(row -> html.append("<th>").append(row.points()).append(" shown</th>"));
            html.append("</tr>\n");
            predictors.forEach((predictor, rows) -> {
                html.append("<tr><td>").append(Markup.escape(predictor)).append("</td>");
                rows.forEach(row -> html.append("<td>")
                        .append(Headline.metricValue(metric, row.metric(), row.interval(), row.diverged()))
                        .append("</td>"));
                html.append("</tr>\n");
            });
        });
        return html.append("</table>\n").toString();
    }
}
