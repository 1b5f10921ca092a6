package org.deutero.experiment.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deutero.experiment.base.UserException;

/** {@code --set method.inner-rate=0.1}: single values of a recipe, changed on the command line. */
final class Overrides {
    private Overrides() {}

    /** A copy of the tree with the assignments made, in their order. */
    static Map<String, Object> apply(Map<String, Object> tree, List<String> assignments) {
        Map<String, Object> copy = copy(tree);
        assignments.forEach(assignment -> assign(copy, assignment));
        return copy;
    }

    private static void assign(Map<String, Object> tree, String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw UserException.usage(
                    "--set takes key=value such as method.inner-rate=0.1, not \"" + assignment + "\"");
        }
        String path = assignment.substring(0, equals).strip();
        List<String> keys = new ArrayList<>(List.of(path.split("\\.", -1)));
        if (keys.stream().anyMatch(String::isBlank)) {
            throw UserException.usage("--set has an empty part in the key \"" + path + "\"");
        }
        String last = keys.remove(keys.size() - 1);
        Map<String, Object> section = tree;
        for (String key : keys) {
            section = below(section, key, path);
        }
        section.put(last, RecipeYaml.value(assignment.substring(equals + 1), "the value of --set " + path));
    }

    @SuppressWarnings("unchecked") // copy() has made every map of the tree a Map<String, Object>
    private static Map<String, Object> below(Map<String, Object> section, String key, String path) {
        Object next = section.computeIfAbsent(key, name -> new LinkedHashMap<String, Object>());
        if (next instanceof Map) {
            return (Map<String, Object>) next;
        }
        if (next instanceof String name) { // short for a section with that name
            Map<String, Object> named = new LinkedHashMap<>();
            named.put("name", name);
            section.put(key, named);
            return named;
        }
        throw UserException.usage("--set " + path + " does not fit: " + key + " is a value, not a section");
    }

    private static Map<String, Object> copy(Map<?, ?> tree) {
        Map<String, Object> copy = new LinkedHashMap<>();
        tree.forEach((key, value) ->
                copy.put(String.valueOf(key), value instanceof Map<?, ?> section ? copy(section) : value));
        return copy;
    }
}
