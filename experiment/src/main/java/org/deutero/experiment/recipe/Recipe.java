package org.deutero.experiment.recipe;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deutero.options.Options;

/**
 * One experiment as a tree of keys, not yet checked against what its components know.
 *
 * @param source where it came from, for messages: a path or {@code bundled recipe "name"}
 * @param tree maps, lists and scalars
 */
public record Recipe(String source, Map<String, Object> tree) {
    private static final Map<String, List<String>> PATHS = Map.of(
            "tasks", List.of("path", "clean", "split-file"),
            "meta-optimizer", List.of("file"),
            "method", List.of("inner-file"),
            "training", List.of("warm-start", "init-from"));

    public Recipe {
        tree = Collections.unmodifiableMap(new LinkedHashMap<>(tree));
    }

    /** A fresh typed view; each component asks it for its keys. */
    public Options options() {
        return Options.of(tree);
    }

    /** The same recipe with one more value in a section, instead of one that may be there. */
    public Recipe with(String section, String key, Object value) {
        Map<Object, Object> changed =
                tree.get(section) instanceof Map<?, ?> before ? new LinkedHashMap<>(before) : new LinkedHashMap<>();
        changed.put(key, value);
        Map<String, Object> all = new LinkedHashMap<>(tree);
        all.put(section, changed);
        return new Recipe(source, all);
    }

    /** The same recipe, with relative paths to data and trained optimisers taken from the current folder: a run may be resumed from another. */
    public Recipe withAbsolutePaths() {
        Map<String, Object> changed = new LinkedHashMap<>(tree);
        PATHS.forEach((name, keys) -> {
            if (tree.get(name) instanceof Map<?, ?> section) {
                Map<Object, Object> absolute = new LinkedHashMap<>(section);
                keys.forEach(key -> absolute.computeIfPresent(key, (k, path) -> absolute(path)));
                changed.put(name, absolute);
            }
        });
        return new Recipe(source, changed);
    }

    private static Object absolute(Object path) {
        return path instanceof String text && !text.startsWith("builtin:")
                ? Path.of(text).toAbsolutePath().normalize().toString()
                : path;
    }

    /** The one-line description, or the empty string. */
    public String description() {
        return String.valueOf(tree.getOrDefault("description", "")).strip();
    }

    /** The figure in print that this recipe is measured against, or the empty string. */
    public String published() {
        return String.valueOf(tree.getOrDefault("published", "")).strip();
    }
}
