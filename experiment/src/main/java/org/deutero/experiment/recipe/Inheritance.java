package org.deutero.experiment.recipe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deutero.experiment.base.UserException;
import org.deutero.options.Suggestions;

/**
 * {@code extends: PARENT}: a recipe that says only what differs from another, a bundled one by name or a file by a path relative to its own.
 *
 * <p>Sections are joined key by key; any other value takes the place of the parent's, lists included. A key without a value ({@code
 * key: null}) takes the parent's away, and {@code extends: none} in a section takes nothing of the parent's section over. {@code
 * name} and {@code description} are a recipe's own and never inherited.
 */
final class Inheritance {
    private static final String EXTENDS = "extends";
    private static final String NONE = "none";
    private static final List<String> OWN = List.of("name", "description");

    private Inheritance() {}

    /**
     * A recipe as it is written.
     *
     * @param source where it is, for messages
     * @param file the file; empty for a bundled recipe, which extends bundled ones only
     * @param tree with {@code extends}, if it has one
     */
    record Written(String source, Optional<Path> file, Map<String, Object> tree) {
        /** Whether both are the same recipe, whatever the way that leads to a file. */
        boolean is(Written other) {
            if (file.isEmpty() || other.file().isEmpty()) {
                return source.equals(other.source());
            }
            try {
                return Files.isSameFile(file.get(), other.file().get());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The recipe without {@code extends}: what it says over what its parents say. */
    static Recipe complete(Written recipe) {
        List<Written> line = new ArrayList<>(List.of(recipe));
        for (Optional<Written> parent = parent(recipe); parent.isPresent(); parent = parent(parent.get())) {
            refuseCycle(line, parent.get());
            line.add(parent.get());
        }
        Map<String, Object> tree = without(EXTENDS, line.get(line.size() - 1).tree());
        for (int i = line.size() - 2; i >= 0; i--) {
            Map<String, Object> parent = tree;
            OWN.forEach(parent::remove);
            Map<String, Object> own = new LinkedHashMap<>();
            OWN.stream()
                    .filter(line.get(i).tree()::containsKey)
                    .forEach(key -> own.put(key, null)); // in front, as everywhere
            own.putAll(parent);
            tree = new Join(line.get(i).source(), line.get(i + 1).source())
                    .over(own, without(EXTENDS, line.get(i).tree()), "");
        }
        return new Recipe(recipe.source(), tree);
    }

    private static Optional<Written> parent(Written recipe) {
        if (!recipe.tree().containsKey(EXTENDS)) {
            return Optional.empty();
        }
        if (!(recipe.tree().get(EXTENDS) instanceof String parent)) {
            throw UserException.usage(recipe.source() + ": extends must be the name of a bundled recipe"
                    + (recipe.file().isPresent() ? " or the path of a recipe file" : "") + ", not "
                    + recipe.tree().get(EXTENDS));
        }
        if (BundledRecipes.names().contains(parent)) {
            return Optional.of(RecipeFile.writtenBundled(parent));
        }
        if (recipe.file().isPresent() && RecipeFile.looksLikePath(parent)) {
            Path file = recipe.file().get().resolveSibling(parent).normalize();
            return Optional.of(RecipeFile.written(file, recipe.source() + " extends " + parent + ", but "));
        }
        throw UserException.usage(recipe.source() + " extends \"" + parent
                + "\", but there is no bundled recipe of that name"
                + Suggestions.phrase(parent, BundledRecipes.names()).replaceAll("\\?$", "")
                + (recipe.file().isPresent() ? "; a file is given by a path such as ./" + parent + ".yaml" : ""));
    }

    private static void refuseCycle(List<Written> line, Written parent) {
        if (line.stream().anyMatch(recipe -> recipe.is(parent))) {
            StringBuilder way = new StringBuilder(line.get(0).source());
            line.stream()
                    .skip(1)
                    .forEach(recipe ->
                            way.append(" extends ").append(recipe.source()).append(", which"));
            throw UserException.usage(
                    way + " extends " + parent.source() + ": expected a line of recipes that ends with one of its own");
        }
    }

    private static Map<String, Object> without(String key, Map<String, Object> tree) {
        Map<String, Object> copy = new LinkedHashMap<>(tree);
        copy.remove(key);
        return copy;
    }

    /** One recipe over its parent, both by their names for messages. */
    private record Join(String child, String parent) {
        Map<String, Object> over(Map<String, Object> inherited, Map<String, Object> own, String path) {
            Map<String, Object> joined = new LinkedHashMap<>(inherited);
            own.forEach((key, value) -> {
                if (value != null) {
                    joined.put(key, value(joined.get(key), value, path + key));
                } else if (!inherited.containsKey(key)) {
                    throw UserException.usage(child + " takes away " + path + key + ", which " + parent
                            + " does not set" + Suggestions.phrase(key, inherited.keySet()));
                } else {
                    joined.remove(key);
                }
            });
            return joined;
        }

        private Object value(Object inherited, Object own, String path) {
            if (!(own instanceof Map<?, ?> map)) {
                return own;
            }
            Map<String, Object> section = keyed(map);
            if (NONE.equals(section.get(EXTENDS))) {
                section.remove(EXTENDS);
                return section;
            }
            if (inherited instanceof String name) { // short for a section with that name
                return over(new LinkedHashMap<>(Map.of("name", name)), section, path + ".");
            }
            return over(inherited instanceof Map<?, ?> below ? keyed(below) : Map.of(), section, path + ".");
        }

        private static Map<String, Object> keyed(Map<?, ?> map) {
            Map<String, Object> section = new LinkedHashMap<>();
            map.forEach((key, value) -> section.put(String.valueOf(key), value));
            return section;
        }
    }
}
