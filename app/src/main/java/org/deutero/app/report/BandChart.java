package org.deutero.app.report;

import java.util.Arrays;
import org.deutero.app.report.Series.Form;
import org.deutero.experiment.report.ReportData.Band;

/** What is believed of a function: the truth, the mean with two deviations on both sides, samples, and the points shown. */
final class BandChart {
    private BandChart() {}

    static String svg(Band belief) {
        double[] twice = Arrays.stream(belief.deviation()).map(sd -> 2 * sd).toArray();
        LineChart chart = new LineChart("x", "y").height(250);
        chart.add(Series.line("truth", "truth", belief.x(), belief.truth()));
        belief.samples()
                .forEach(sample ->
                        chart.add(Series.line("", "c2", belief.x(), sample).as(Form.FAINT)));
        chart.add(Series.line("mean ± 2 deviations", "c1", belief.x(), belief.mean())
                .interval(twice));
        return chart.add(Series.line("shown", "support", belief.shownX(), belief.shownY())
                        .as(Form.POINTS))
                .svg();
    }
}
