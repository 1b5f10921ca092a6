package org.deutero.app.reproduce;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The experiments that ship with the program, {@code reproductions.yaml}. */
public final class Reproductions {
    private static final String RESOURCE = "reproductions.yaml";

    private Reproductions() {}

    /** All of them, in the order of the file. */
    public static List<Reproduction> all() {
        try (InputStream in = Reproductions.class.getResourceAsStream(RESOURCE)) {
            Map<?, ?> root = new YAMLMapper().readValue(in, Map.class);
            List<Reproduction> all = new ArrayList<>();
            root.forEach((name, entry) -> all.add(one(String.valueOf(name), (Map<?, ?>) entry)));
            return List.copyOf(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one of this name. */
    public static Optional<Reproduction> named(String name) {
        return all().stream().filter(r -> r.name().equals(name)).findFirst();
    }

    private static Reproduction one(String name, Map<?, ?> entry) {
        return new Reproduction(
                name,
                text(entry, "recipe"),
                texts(entry.get("set")),
                texts(entry.get("seeds")).stream().map(Integer::valueOf).toList(),
                ((Number) entry.get("minutes")).doubleValue(),
                text(entry, "published"),
                text(entry, "measured"),
                gates(entry.get("gate"), name),
                entry.get("structure") instanceof Map<?, ?> gate
                        ? Optional.of(
                                new StructureGate(text(gate, "number"), ((Number) gate.get("at-least")).doubleValue()))
                        : Optional.empty());
    }

    /** One gate, a list of them, or none. */
    private static List<Gate> gates(Object entry, String name) {
        if (entry instanceof List<?> several) {
            return several.stream().map(gate -> Gate.of((Map<?, ?>) gate, name)).toList();
        }
        return entry instanceof Map<?, ?> gate ? List.of(Gate.of(gate, name)) : List.of();
    }

    private static String text(Map<?, ?> entry, String key) {
        return entry.containsKey(key) ? String.valueOf(entry.get(key)) : "";
    }

    private static List<String> texts(Object list) {
        return list instanceof List<?> values
                ? values.stream().map(String::valueOf).toList()
                : List.of();
    }
}
