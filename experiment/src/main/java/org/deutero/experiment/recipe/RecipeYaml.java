package org.deutero.experiment.recipe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.deutero.experiment.base.UserException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** YAML text to trees and back. */
final class RecipeYaml {
    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    private RecipeYaml() {}

    /** Reads a document whose root is a map; {@code source} and the line stand in every message. */
    static Map<String, Object> parse(String yaml, String source) {
        Object root = value(yaml, source);
        if (root == null) {
            throw UserException.usage(source + " is empty; a recipe is a map of keys such as method: and training:");
        }
        if (!(root instanceof Map<?, ?> map)) {
            throw UserException.usage(source + " must be a map of keys such as method: and training:");
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        map.forEach((key, below) -> tree.put(String.valueOf(key), below));
        return tree;
    }

    /** Reads any YAML value, such as {@code 0.1}, {@code true} or {@code [40, 40]}; null where there is none. */
    static Object value(String yaml, String source) {
        try {
            return MAPPER.readValue(yaml, Object.class);
        } catch (JacksonException e) {
            if (String.valueOf(e.getOriginalMessage()).startsWith("No content")) {
                return null;
            }
            throw UserException.usage(source + line(e) + ": " + reason(e), e);
        }
    }

    static String write(Map<String, Object> tree) {
        return MAPPER.writeValueAsString(tree);
    }

    private static String line(JacksonException e) {
        TokenStreamLocation location = e.getLocation();
        return location == null || location.getLineNr() < 1
                ? ""
                : ", line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** The parser's own message: of its paragraphs, the sentences without the indented places and excerpts. */
    private static String reason(JacksonException e) {
        String message = String.valueOf(e.getOriginalMessage());
        if (message.startsWith("Duplicate Object property")) {
            String key = message.lines().findFirst().orElse("").replaceAll(".*\"(.*)\".*", "$1");
            return "the key \"" + key + "\" stands here for the second time";
        }
        if (message.startsWith("Trailing token")) {
            return "a second YAML document begins here; expected one";
        }
        return "not valid YAML: "
                + message.lines()
                        .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                        .collect(Collectors.joining(", "));
    }
}
