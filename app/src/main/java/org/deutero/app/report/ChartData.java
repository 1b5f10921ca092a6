package org.deutero.app.report;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.deutero.experiment.report.Headline;
import org.deutero.experiment.report.Numbers;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The values of a chart as JSON for the page's tooltip. */
final class ChartData {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private ChartData() {}

    static String json(List<Series> shown, DoubleUnaryOperator px, DoubleUnaryOperator py, String xLabel, String unit) {
        ObjectNode chart = MAPPER.createObjectNode().put("x", xLabel);
        ArrayNode all = chart.putArray("series");
        for (Series s : shown) {
            ObjectNode one = all.addObject().put("name", s.name()).put("style", s.style());
            ArrayNode points = one.putArray("points");
            for (int i = 0; i < s.y().length; i++) {
                double x = px.applyAsDouble(s.x()[i]);
                double y = py.applyAsDouble(s.y()[i]);
                if (Double.isFinite(x) && Double.isFinite(y)) {
                    points.addArray()
                            .add(Math.round(x * 10) / 10.0)
                            .add(Numbers.brief(s.x()[i]))
                            .add(value(s, i, unit));
                }
            }
        }
        return MAPPER.writeValueAsString(chart);
    }

    private static String value(Series s, int i, String unit) {
        double interval = s.hasInterval() ? (s.high()[i] - s.low()[i]) / 2 : Double.NaN;
        return Headline.value(s.y()[i], interval, !unit.isEmpty());
    }
}
