package org.deutero.app.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.report.Headline;
import org.deutero.experiment.report.MetricNames;

/** What a learner and policies of reference made of bandits: a chart for each setting. */
final class OnlineFigures {
    private static final int COLOURS = 6;

    private OnlineFigures() {}

    /** Settings with the rows of each policy there, the run's own first; what was measured again counts by its last row. */
    static Map<String, List<MetricRow.Online>> bySetting(List<MetricRow> rows) {
        Map<String, Map<String, MetricRow.Online>> latest = new LinkedHashMap<>();
        for (MetricRow row : rows) {
            if (row instanceof MetricRow.Online online) {
                latest.computeIfAbsent(online.setting(), s -> new LinkedHashMap<>())
                        .put(online.policy(), online);
            }
        }
        Map<String, List<MetricRow.Online>> settings = new LinkedHashMap<>();
        latest.forEach((setting, policies) -> settings.put(setting, new ArrayList<>(policies.values())));
        return settings;
    }

    /** The metric of each policy after so many rounds. */
    static String chart(List<MetricRow.Online> policies) {
        String metric = policies.get(0).metricName();
        double scale = MetricNames.isShare(metric) ? 100 : 1;
        LineChart chart = new LineChart("round", MetricNames.words(metric) + (scale == 100 ? " (%)" : "")).wholeX();
        int colour = 0;
        for (MetricRow.Online policy : policies) {
            colour = Math.min(colour + 1, COLOURS);
            chart.add(Series.line(
                            policy.policy(),
                            "c" + colour,
                            policy.curve().stream()
                                    .mapToDouble(MetricRow.ByStep::step)
                                    .toArray(),
                            policy.curve().stream()
                                    .mapToDouble(at -> scale * at.metric())
                                    .toArray())
                    .interval(policy.curve().stream()
                            .mapToDouble(at -> scale * at.interval())
                            .toArray()));
        }
        return chart.logYWhereItHelps().svg();
    }

    /** The figures at the end, a line for each policy; empty text if nothing was played. */
    static String table(Map<String, List<MetricRow.Online>> settings) {
        Map<String, String> lines = new LinkedHashMap<>();
        settings.forEach((setting, policies) -> policies.forEach(row -> lines.merge(
                row.policy(),
                setting + ": " + Headline.metricValue(row.metricName(), row.metric(), row.interval(), row.diverged()),
                (a, b) -> a + "; " + b)));
        return Page.facts(lines);
    }
}
