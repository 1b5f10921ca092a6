package org.deutero.app.reproduce;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The experiments that ship with the program, {@code reproductions.yaml}. */
public final class Reproductions {
    private static final String RESOURCE = "reproductions.yaml";
    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY) // a gate, or a list of them
            .build();

    private Reproductions() {}

    /** All of them, in the order of the file. */
    public static List<Reproduction> all() {
        try (InputStream in = Reproductions.class.getResourceAsStream(RESOURCE)) {
            return MAPPER.readValue(in, new TypeReference<LinkedHashMap<String, Entry>>() {}).entrySet().stream()
                    .map(entry -> entry.getValue().named(entry.getKey()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one of this name. */
    public static Optional<Reproduction> named(String name) {
        return all().stream().filter(r -> r.name().equals(name)).findFirst();
    }

    /** An experiment as it is written; what is left out is null. */
    private record Entry(
            String recipe,
            List<String> set,
            List<Integer> seeds,
            double minutes,
            String published,
            String measured,
            List<Bound> gate,
            StructureGate structure) {
        Reproduction named(String name) {
            return new Reproduction(
                    name,
                    recipe,
                    orNothing(set),
                    seeds,
                    minutes,
                    orEmpty(published),
                    orEmpty(measured),
                    orNothing(gate).stream().map(bound -> bound.gate(name)).toList(),
                    Optional.ofNullable(structure));
        }
    }

    /** {@code {step: 5, at-most: 0.3}} or {@code {part: delta 0.5, at-most: 0.1}}, the latter with {@code metric} where parts have several. */
    private record Bound(Integer step, String part, String metric, Double atLeast, Double atMost) {
        Gate gate(String where) {
            if (atLeast == null && atMost == null) {
                throw new IllegalStateException(where + ": a gate needs at-least or at-most");
            }
            return new Gate(
                    step == null ? -1 : step,
                    orEmpty(part),
                    orEmpty(metric),
                    atLeast != null,
                    atLeast == null ? atMost : atLeast);
        }
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    private static <E> List<E> orNothing(List<E> list) {
        return list == null ? List.of() : list;
    }
}
