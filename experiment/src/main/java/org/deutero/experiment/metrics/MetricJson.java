package org.deutero.experiment.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Rows to JSON and back. JSON has no NaN or infinity; both are written as null. */
final class MetricJson {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private MetricJson() {}

    static String write(MetricRow row) {
        ObjectNode json = MAPPER.createObjectNode();
        if (row instanceof MetricRow.Start start) {
            // Before the first iteration: resuming keeps the row.
            json.put("kind", "start").put("iteration", 0);
            json.put("meta-gradient", start.metaGradient()).put("description", start.description());
        } else if (row instanceof MetricRow.Train train) {
            json.put("kind", "train").put("iteration", train.iteration());
            number(json, "loss", train.loss());
            if (!Double.isNaN(train.accuracy())) {
                number(json, "accuracy", train.accuracy());
            }
            number(json, "tasks-per-second", train.tasksPerSecond());
            number(json, "seconds", train.seconds());
            if (!train.diagnostics().isEmpty()) {
                ObjectNode diagnostics = json.putObject("diagnostics");
                train.diagnostics().forEach((name, value) -> number(diagnostics, name, value));
            }
        } else if (row instanceof MetricRow.Validation validation) {
            json.put("kind", "validation").put("iteration", validation.iteration());
            number(json, "loss", validation.loss());
            number(json, "metric", validation.metric());
            number(json, "interval", validation.interval());
        } else if (row instanceof MetricRow.Test test) {
            json.put("kind", "test").put("tasks", test.tasks()).put("metric-name", test.metricName());
            number(json, "metric", test.metric());
            number(json, "interval", test.interval());
            steps(json.putArray("by-step"), test.byStep());
            if (!test.parts().isEmpty()) {
                ArrayNode parts = json.putArray("parts");
                for (MetricRow.Part part : test.parts()) {
                    ObjectNode object = parts.addObject().put("name", part.name());
                    if (!part.metricName().isEmpty()) {
                        object.put("metric-name", part.metricName());
                    }
                    number(object, "metric", part.metric());
                    number(object, "interval", part.interval());
                }
            }
        } else if (row instanceof MetricRow.BySize sized) {
            json.put("kind", "by-size").put("predictor", sized.predictor()).put("points", sized.points());
            json.put("metric-name", sized.metricName());
            number(json, "metric", sized.metric());
            number(json, "interval", sized.interval());
        } else if (row instanceof MetricRow.Structure structure) {
            json.put("kind", "structure").put("tasks", structure.tasks());
            ObjectNode numbers = json.putObject("numbers");
            structure.numbers().forEach((name, value) -> number(numbers, name, value));
        } else if (row instanceof MetricRow.Online online) {
            json.put("kind", "online").put("policy", online.policy()).put("setting", online.setting());
            json.put("metric-name", online.metricName());
            number(json, "metric", online.metric());
            number(json, "interval", online.interval());
            ArrayNode games = json.putArray("games");
            online.games().forEach(games::add);
            steps(json.putArray("curve"), online.curve());
        }
        return MAPPER.writeValueAsString(json);
    }

    private static void steps(ArrayNode array, List<MetricRow.ByStep> steps) {
        for (MetricRow.ByStep at : steps) {
            ObjectNode step = array.addObject().put("step", at.step());
            number(step, "metric", at.metric());
            number(step, "interval", at.interval());
        }
    }

    /** Empty for a line that is not a JSON object, such as one torn by a kill. */
    static Optional<JsonNode> parse(String line) {
        try {
            JsonNode node = MAPPER.readTree(line);
            return node.isObject() ? Optional.of(node) : Optional.empty();
        } catch (JacksonException torn) {
            return Optional.empty();
        }
    }

    /** Empty for a kind of row that this version does not know. */
    static Optional<MetricRow> row(JsonNode json) {
        return switch (json.path("kind").asString("")) {
            case "start" ->
                Optional.of(new MetricRow.Start(
                        json.path("meta-gradient").asString(""),
                        json.path("description").asString("")));
            case "train" ->
                Optional.of(new MetricRow.Train(
                        json.path("iteration").asLong(0),
                        number(json, "loss"),
                        number(json, "accuracy"),
                        number(json, "tasks-per-second"),
                        number(json, "seconds"),
                        named(json.path("diagnostics"))));
            case "validation" ->
                Optional.of(new MetricRow.Validation(
                        json.path("iteration").asLong(0),
                        number(json, "loss"),
                        number(json, "metric"),
                        number(json, "interval")));
            case "test" ->
                Optional.of(new MetricRow.Test(
                        json.path("tasks").asInt(0),
                        json.path("metric-name").asString("metric"),
                        number(json, "metric"),
                        number(json, "interval"),
                        steps(json.path("by-step")),
                        parts(json.path("parts"))));
            case "structure" ->
                Optional.of(new MetricRow.Structure(json.path("tasks").asInt(0), named(json.path("numbers"))));
            case "by-size" ->
                Optional.of(new MetricRow.BySize(
                        json.path("predictor").asString(""),
                        json.path("points").asInt(0),
                        json.path("metric-name").asString("metric"),
                        number(json, "metric"),
                        number(json, "interval")));
            case "online" ->
                Optional.of(new MetricRow.Online(
                        json.path("policy").asString(""),
                        json.path("setting").asString(""),
                        json.path("metric-name").asString("metric"),
                        number(json, "metric"),
                        number(json, "interval"),
                        numbers(json.path("games")),
                        steps(json.path("curve"))));
            default -> Optional.empty();
        };
    }

    private static Map<String, Double> named(JsonNode object) {
        Map<String, Double> values = new LinkedHashMap<>();
        object.propertyNames().forEach(name -> values.put(name, number(object, name)));
        return values;
    }

    private static List<MetricRow.ByStep> steps(JsonNode array) {
        List<MetricRow.ByStep> steps = new ArrayList<>();
        array.forEach(at -> steps.add(
                new MetricRow.ByStep(at.path("step").asInt(0), number(at, "metric"), number(at, "interval"))));
        return steps;
    }

    private static List<MetricRow.Part> parts(JsonNode array) {
        List<MetricRow.Part> parts = new ArrayList<>();
        array.forEach(part -> parts.add(new MetricRow.Part(
                part.path("name").asString(""),
                part.path("metric-name").asString(""),
                number(part, "metric"),
                number(part, "interval"))));
        return parts;
    }

    private static List<Double> numbers(JsonNode array) {
        List<Double> numbers = new ArrayList<>();
        array.forEach(value -> numbers.add(value.asDouble(Double.NaN)));
        return numbers;
    }

    private static void number(ObjectNode json, String key, double value) {
        if (Double.isFinite(value)) {
            json.put(key, value);
        } else {
            json.putNull(key);
        }
    }

    private static double number(JsonNode json, String key) {
        return json.path(key).asDouble(Double.NaN);
    }
}
