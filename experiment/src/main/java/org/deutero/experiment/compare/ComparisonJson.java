package org.deutero.experiment.compare;

import java.util.List;
import org.deutero.experiment.report.ComparisonData;
import org.deutero.experiment.report.ComparisonData.Confusion;
import org.deutero.experiment.report.ComparisonData.Pair;
import org.deutero.experiment.report.ComparisonData.Point;
import org.deutero.experiment.report.ComparisonData.Run;
import org.deutero.experiment.report.ComparisonData.Worst;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A comparison as one JSON object, without pictures. JSON has no NaN or infinity; both are written as null. */
public final class ComparisonJson {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private ComparisonJson() {}

    /** The object, indented. */
    public static String write(ComparisonData data) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("metric-name", data.metricName())
                .put("higher-is-better", data.higherIsBetter())
                .put("tasks", data.tasks())
                .put("setting", data.setting());
        ArrayNode runs = json.putArray("runs");
        data.runs().forEach(run -> run(runs.addObject(), run));
        ArrayNode pairs = json.putArray("differences");
        for (Pair pair : data.pairs()) {
            ObjectNode one = pairs.addObject().put("first", pair.first()).put("second", pair.second());
            number(one, "difference", pair.difference().mean());
            number(one, "interval", pair.difference().interval());
            one.put("paired", pair.difference().paired())
                    .put("told", pair.difference().told())
                    .put("verdict", pair.verdict());
        }
        ArrayNode notes = json.putArray("notes");
        data.notes().forEach(notes::add);
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    }

    private static void run(ObjectNode json, Run run) {
        json.put("name", run.name()).put("folder", run.folder()).put("method", run.method());
        number(json, "metric", run.metric());
        number(json, "interval", run.interval());
        number(json, "adaptation-milliseconds", run.milliseconds());
        points(json.putArray("by-step"), "step", run.bySteps());
        points(json.putArray("by-shot"), "shot", run.byShots());
        points(json.putArray("by-way"), "way", run.byWays());
        ArrayNode confusions = json.putArray("confusions");
        for (Confusion pair : run.confusions()) {
            ObjectNode one = confusions.addObject();
            one.putArray("classes").add(pair.first()).add(pair.second());
            one.put("mistakes", pair.mistakes()).put("chances", pair.chances());
        }
        ArrayNode worst = json.putArray("worst-tasks");
        for (Worst task : run.worst()) {
            ObjectNode one = worst.addObject().put("task", task.number());
            number(one, "metric", task.metric());
        }
    }

    private static void points(ArrayNode array, String x, List<Point> points) {
        for (Point point : points) {
            ObjectNode one = array.addObject().put(x, point.x());
            number(one, "metric", point.metric());
            number(one, "interval", point.interval());
        }
    }

    private static void number(ObjectNode json, String key, double value) {
        if (Double.isFinite(value)) {
            json.put(key, value);
        } else {
            json.putNull(key);
        }
    }
}
