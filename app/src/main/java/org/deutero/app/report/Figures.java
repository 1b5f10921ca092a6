package org.deutero.app.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.deutero.app.report.Series.Form;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.report.MetricNames;
import org.deutero.experiment.report.Numbers;
import org.deutero.experiment.report.ReportData;
import org.deutero.experiment.report.ReportData.Adaptation;

/** The charts of a report. Each is empty text if the run has no numbers for it. */
public final class Figures {
    private static final int POINTS = 300;
    private static final double WINDOW = 0.05;

    private final ReportData data;
    private final boolean percent;

    Figures(ReportData data) {
        this.data = data;
        this.percent = MetricNames.isShare(data.metricName());
    }

    String trainLoss() {
        List<MetricRow.Train> rows = rows(MetricRow.Train.class);
        if (rows.isEmpty()) {
            return "";
        }
        double[] x = column(rows, MetricRow.Train::iteration);
        double[] y = column(rows, MetricRow.Train::loss);
        double[] thinX = Curves.thin(x, POINTS);
        return new LineChart("meta-iteration", "meta-loss")
                .add(Series.line("", "c1", thinX, Curves.thin(y, POINTS)).as(Form.FAINT))
                .add(Series.line("meta-loss", "c1", thinX, Curves.thin(Curves.smooth(y, WINDOW), POINTS)))
                .logYWhereItHelps()
                .svg();
    }

    String validation() {
        List<MetricRow.Validation> rows = rows(MetricRow.Validation.class);
        List<MetricRow.Train> train = rows(MetricRow.Train.class);
        boolean accuracy = percent && train.stream().anyMatch(row -> Double.isFinite(row.accuracy()));
        if (rows.isEmpty() && !accuracy) {
            return "";
        }
        LineChart chart = new LineChart("meta-iteration", MetricNames.words(data.metricName()));
        if (accuracy) {
            double[] x = Curves.thin(column(train, MetricRow.Train::iteration), POINTS);
            double[] y = Curves.smooth(column(train, row -> scaled(row.accuracy())), WINDOW);
            chart.add(Series.line("training tasks", "c2", x, Curves.thin(y, POINTS)));
        }
        if (!rows.isEmpty()) {
            Series curve = Series.line(
                            "validation tasks",
                            "c1",
                            column(rows, MetricRow.Validation::iteration),
                            column(rows, row -> scaled(row.metric())))
                    .interval(column(rows, row -> scaled(row.interval())));
            chart.add(rows.size() < 2 ? curve.as(Form.DOTS) : curve);
        }
        return shares(chart);
    }

    String byStep() {
        List<MetricRow.ByStep> steps = test() == null ? List.of() : test().byStep();
        if (steps.size() < 2) {
            return "";
        }
        Series curve = Series.line(
                        MetricNames.words(data.metricName()),
                        "c1",
                        column(steps, MetricRow.ByStep::step),
                        column(steps, at -> scaled(at.metric())))
                .interval(column(steps, at -> scaled(at.interval())))
                .as(Form.DOTS);
        return shares(new LineChart("inner step", MetricNames.words(data.metricName()))
                .wholeX()
                .add(curve));
    }

    /** One regression task: the truth, the function before learning, after one step, and after the last. */
    static String adaptation(Adaptation task) {
        LineChart chart = new LineChart("x", "y").height(250);
        chart.add(Series.line("truth", "truth", task.x(), task.truth()));
        int last = task.predictions().size() - 1;
        for (int step = 0; step <= last; step++) {
            if (step <= 1 || step == last) {
                String name = step == 0 ? "before" : step == 1 ? "1 step" : step + " steps";
                String style = step == 0 ? "before" : step == last ? "c1" : "c2";
                chart.add(Series.line(name, style, task.x(), task.predictions().get(step)));
            }
        }
        return chart.add(Series.line("support", "support", task.supportX(), task.supportY())
                        .as(Form.POINTS))
                .svg();
    }

    /** The last test row, or null. */
    MetricRow.Test test() {
        List<MetricRow.Test> rows = rows(MetricRow.Test.class);
        return rows.isEmpty() ? null : rows.get(rows.size() - 1);
    }

    /** What the last look at the structure told, by name; empty if there was none. */
    Map<String, String> structure() {
        Map<String, String> facts = new LinkedHashMap<>();
        rows(MetricRow.Structure.class).stream()
                .reduce((first, second) -> second)
                .ifPresent(row -> row.numbers()
                        .forEach((name, value) -> facts.put(MetricNames.words(name), Numbers.brief(value))));
        return facts;
    }

    /** What became of learned step sizes at the last look, by what they move; empty if none are learned. */
    Map<String, String> stepSizes() {
        Map<String, String> facts = new LinkedHashMap<>();
        rows(MetricRow.StepSizes.class).stream()
                .reduce((first, second) -> second)
                .ifPresent(row -> row.parameters().forEach(size -> facts.put(size.name(), words(size))));
        return facts;
    }

    private static String words(MetricRow.StepSize size) {
        String range = size.count() == 1
                ? Numbers.brief(size.mean())
                : size.count() + " from " + Numbers.brief(size.lowest()) + " to " + Numbers.brief(size.highest())
                        + ", mean " + Numbers.brief(size.mean());
        return size.negative() > 0 ? range + ", " + Numbers.brief(100 * size.negative()) + " % below zero" : range;
    }

    double scaled(double metric) {
        return percent ? 100 * metric : metric;
    }

    private String shares(LineChart chart) {
        return percent ? chart.percent().svg() : chart.logYWhereItHelps().svg();
    }

    private <R extends MetricRow> List<R> rows(Class<R> kind) {
        List<R> rows = new ArrayList<>();
        data.rows().stream().filter(kind::isInstance).map(kind::cast).forEach(rows::add);
        return rows;
    }

    private static <R> double[] column(List<R> rows, ToDoubleFunction<R> value) {
        return rows.stream().mapToDouble(value).toArray();
    }
}
