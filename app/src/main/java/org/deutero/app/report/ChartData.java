package org.deutero.app.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.deutero.experiment.report.Headline;
import org.deutero.experiment.report.Numbers;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The values of a chart as JSON for the page's tooltip.
 *
 * @param x what the horizontal axis shows
 * @param series the lines
 */
record ChartData(String x, List<Line> series) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    /** A line, in the style of its class. */
    record Line(String name, String style, List<Point> points) {}

    /** A point, at this place of the drawing and with these words. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Point(double place, String at, String value) {}

    static String json(List<Series> shown, DoubleUnaryOperator px, DoubleUnaryOperator py, String xLabel, String unit) {
        return MAPPER.writeValueAsString(new ChartData(
                xLabel,
                shown.stream()
                        .map(s -> new Line(s.name(), s.style(), points(s, px, py, unit)))
                        .toList()));
    }

    private static List<Point> points(Series s, DoubleUnaryOperator px, DoubleUnaryOperator py, String unit) {
        return IntStream.range(0, s.y().length)
                .filter(i -> Double.isFinite(px.applyAsDouble(s.x()[i])) && Double.isFinite(py.applyAsDouble(s.y()[i])))
                .mapToObj(i -> new Point(
                        Math.round(px.applyAsDouble(s.x()[i]) * 10) / 10.0, Numbers.brief(s.x()[i]), value(s, i, unit)))
                .toList();
    }

    private static String value(Series s, int i, String unit) {
        double interval = s.hasInterval() ? (s.high()[i] - s.low()[i]) / 2 : Double.NaN;
        return Headline.value(s.y()[i], interval, !unit.isEmpty());
    }
}
