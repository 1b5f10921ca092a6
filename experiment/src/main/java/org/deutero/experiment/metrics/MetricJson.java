package org.deutero.experiment.metrics;

import com.fasterxml.jackson.annotation.Nulls;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows to JSON and back: a record's components are the keys, in their order. JSON has no NaN or infinity; both are written as null, and
 * null or nothing is read as NaN.
 */
final class MetricJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .changeDefaultNullHandling(nulls -> nulls.withValueNulls(Nulls.AS_EMPTY))
            .addModule(JsonNumbers.module())
            .build();

    private MetricJson() {}

    static String write(MetricRow row) {
        return MAPPER.writeValueAsString(row);
    }

    /** What {@link #write} would write, as maps and lists; without the name of the kind of row. */
    @SuppressWarnings("unchecked") // a JSON object is read as a map of names
    static Map<String, Object> tree(MetricRow row) {
        Map<String, Object> tree = MAPPER.readValue(write(row), Map.class);
        tree.remove("kind");
        return tree;
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
        try {
            return Optional.of(MAPPER.treeToValue(json, MetricRow.class));
        } catch (JacksonException unknown) {
            return Optional.empty();
        }
    }
}
