package org.deutero.app.report;

import java.util.Arrays;
import org.deutero.app.report.Series.Form;
import org.deutero.experiment.report.Course;
import org.deutero.experiment.report.Course.Curve;
import org.deutero.experiment.report.MetricNames;

/** How some tasks went, as curves: single tasks thin beside their mean, what was before meta-training dashed. */
final class CourseChart {
    private static final int COLOURS = 6;

    private CourseChart() {}

    static String svg(Course course) {
        boolean share = MetricNames.isShare(course.metric());
        double scale = share ? 100 : 1;
        LineChart chart = new LineChart(course.by(), MetricNames.words(course.metric()))
                .height(250)
                .wholeX();
        int task = 0;
        for (Curve curve : course.curves()) {
            if (curve.role() == Course.Role.TASK) {
                task = task % (COLOURS - 1) + 1;
            }
            String style = switch (curve.role()) {
                case TASK -> "c" + (task + 1);
                case MEAN -> "c1";
                case BEFORE -> "before";
            };
            Series series = Series.line(curve.name(), style, curve.x(), scaled(curve.y(), scale));
            if (curve.interval().length > 0) {
                series = series.interval(scaled(curve.interval(), scale));
            }
            chart.add(curve.role() == Course.Role.TASK ? series.as(Form.DOTTED) : series);
        }
        return share ? chart.percent().svg() : chart.logYWhereItHelps().svg();
    }

    private static double[] scaled(double[] values, double scale) {
        return Arrays.stream(values).map(v -> scale * v).toArray();
    }
}
