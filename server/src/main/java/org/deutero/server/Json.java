package org.deutero.server;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON as this server reads and writes it: what it does not know it refuses. */
final class Json {
    private static final int DEPTH = 8;
    private static final int LONGEST_NAME = 1000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .maxNameLength(LONGEST_NAME)
                            .maxStringLength(Integer.MAX_VALUE) // the body's limit holds
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(EnumFeature.READ_ENUMS_USING_TO_STRING)
            .build();

    private Json() {}

    /**
     * Reads a body.
     *
     * @param form what is expected, for the sentence of a refusal
     */
    static <T> T read(byte[] body, Class<T> type, String form) {
        try {
            T read = MAPPER.readValue(body, type);
            if (read == null) {
                throw Problem.malformed("the body is null, but " + form + " is expected");
            }
            return read;
        } catch (JacksonException e) {
            var at = e.getLocation();
            String where = at == null || at.getLineNr() < 1
                    ? ""
                    : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
            throw new Problem(400, "malformed-request", "the body is not JSON of the form " + form + where, e);
        }
    }

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }
}
