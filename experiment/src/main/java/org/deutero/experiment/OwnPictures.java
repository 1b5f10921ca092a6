package org.deutero.experiment;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.recipe.Recipe;
import org.deutero.tasks.pictures.ImageSource;
import org.deutero.tasks.source.TaskSources;

/** Turns a recipe about one set of pictures into the same recipe about the user's. */
public final class OwnPictures {
    private static final Map<String, String> MADE =
            Map.of("sinusoid", "curves", "harmonic", "curves", "wheel-bandit", "bandits");
    private static final Set<String> STREAMS =
            Set.of("plane", "image-stream", "gaussians", "bernoulli-bandit", "normal-pairs");
    private static final Set<String> NO_PICTURES =
            Set.of("symbol-pairs", "binary-pairs", "binary-patterns", "cart-pole", "noisy-prototypes");

    private OwnPictures() {}

    /**
     * The recipe with {@code tasks.source} images: ways, shots, size and colours stay as they were.
     *
     * @param data folder, zip or CSV list; null to keep the pictures that the recipe names
     * @param split a split file; null for none
     */
    public static Recipe in(Recipe recipe, Path data, Path split) {
        Map<String, Object> tasks = new LinkedHashMap<>();
        if (recipe.tree().get("tasks") instanceof Map<?, ?> given) {
            given.forEach((key, value) -> tasks.put(String.valueOf(key), value));
        }
        String source = String.valueOf(tasks.getOrDefault("source", "omniglot"));
        Map<String, Object> tree = new LinkedHashMap<>(recipe.tree());
        if (data != null) {
            if (MADE.containsKey(source)) {
                throw UserException.usage(recipe.source() + " is about " + MADE.get(source) + " (tasks.source: "
                        + source + "), not pictures, so --data does not fit; see \"deutero recipes images\"");
            }
            if (STREAMS.contains(source)) {
                throw UserException.usage(recipe.source() + " is about streams (tasks.source: " + source
                        + "), which cannot be made of pictures of your own yet; see \"deutero recipes images\"");
            }
            if (NO_PICTURES.contains(source)) {
                throw UserException.usage(recipe.source() + " is not about pictures (tasks.source: " + source
                        + "), so --data does not fit; see \"deutero recipes images\"");
            }
            if (TaskSources.names().contains(source) // any other is refused later, by name
                    && ImageSource.find(source).isEmpty()) {
                throw UserException.usage(recipe.source() + " learns tasks of another kind (tasks.source: " + source
                        + "), so --data does not fit; see \"deutero recipes images\"");
            }
            replace(tasks, source, data);
            describe(tree, data);
        } else if (split != null && !source.equals("images")) {
            throw UserException.usage("--split is for pictures of your own; give them with --data");
        }
        if (split != null) {
            tasks.put("split-file", split.toString());
            tasks.remove("split");
        }
        tree.put("tasks", tasks);
        return new Recipe(recipe.source(), tree);
    }

    private static void replace(Map<String, Object> tasks, String source, Path data) {
        ImageSource.find(source).ifPresent(form -> {
            tasks.putIfAbsent("size", form.side());
            tasks.putIfAbsent("colour", form.colour());
        });
        if (!source.equals("images")) {
            // A split of the former set; "random" means the same here.
            tasks.computeIfPresent("split", (key, value) -> value.equals("random") ? value : null);
        }
        tasks.put("source", "images");
        tasks.put("path", data.toString());
    }

    /** Name and description say whose pictures they are, and the figure in print is of others. */
    private static void describe(Map<String, Object> tree, Path data) {
        String place = String.valueOf(data.toAbsolutePath().normalize().getFileName());
        for (String key : List.of("name", "description")) {
            if (tree.get(key) instanceof String text) {
                tree.put(key, key.equals("name") ? text + "-" + place : text + "; on " + place);
            }
        }
        tree.remove("published");
    }
}
