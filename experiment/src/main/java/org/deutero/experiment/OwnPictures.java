package org.deutero.experiment;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.recipe.Recipe;
import org.deutero.options.Options;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.source.PictureInputs;
import org.deutero.tasks.source.TaskSettings;
import org.deutero.tasks.source.TaskSources;

/** Turns a recipe about one set of pictures into the same recipe about the user's. */
public final class OwnPictures {
    private static final String IMAGES = "images";

    /** Keys of alphabets and of drawings in many looks that pictures of one's own do not have. */
    private static final List<String> OF_DRAWINGS =
            List.of("fixed", "turn", "shift", "scale", "train-alphabets", "test-alphabets", "kinds", "mixed", "plain");

    private OwnPictures() {}

    /**
     * The recipe with {@code tasks.source} images: ways, shots, size and colours stay as they were.
     *
     * @param data folder, zip or CSV list; null to keep the pictures that the recipe names
     * @param split a split file; null for none
     */
    public static Recipe in(Recipe recipe, Path data, Path split) {
        return in(recipe, data, null, split);
    }

    /**
     * The same for a recipe that trains on pictures whose labels are partly wrong.
     *
     * @param clean pictures whose labels are right; null to keep those that the recipe names
     */
    public static Recipe in(Recipe recipe, Path data, Path clean, Path split) {
        Map<String, Object> tasks = new LinkedHashMap<>();
        if (recipe.tree().get("tasks") instanceof Map<?, ?> given) {
            given.forEach((key, value) -> tasks.put(String.valueOf(key), value));
        }
        String source = String.valueOf(tasks.getOrDefault("source", "omniglot"));
        Map<String, Object> tree = new LinkedHashMap<>(recipe.tree());
        boolean noisy = source.equals(IMAGES) && "noisy".equals(tasks.get("form"));
        if (clean != null && !noisy) {
            throw UserException.usage(
                    "--clean is for recipes about pictures of your own with labels that are partly wrong, such as"
                            + " noisy-images, but " + recipe.source() + " is not one");
        }
        if (noisy && data != null && clean == null && !tasks.containsKey("clean")) {
            throw UserException.usage(recipe.source()
                    + " needs a few clean pictures of the same classes; give their folder with --clean");
        }
        if (noisy && split != null) {
            throw UserException.usage(
                    "--split does not fit " + recipe.source() + ", which trains one classifier of all classes");
        }
        if (clean != null) {
            tasks.put("clean", clean.toString());
        }
        if (data != null && noisy) {
            tasks.put("path", data.toString());
            describe(tree, data);
        } else if (data != null) {
            replace(tasks, inputs(recipe, tasks, source).format(), data);
            describe(tree, data);
        } else if (split != null && !source.equals(IMAGES)) {
            throw UserException.usage("--split is for pictures of your own; give them with --data");
        }
        if (split != null) {
            tasks.put("split-file", split.toString());
            tasks.remove("split");
        }
        tree.put("tasks", tasks);
        return new Recipe(recipe.source(), tree);
    }

    /** What the source says of its pictures. @throws UserException if its tasks are not about labelled pictures */
    private static PictureInputs inputs(Recipe recipe, Map<String, Object> tasks, String source) {
        TaskSettings settings = TaskSources.of(Options.at("tasks", tasks));
        return settings.pictureInputs()
                .filter(inputs -> !settings.fixedClasses()) // labels made wrong on purpose are not the user's
                .orElseThrow(
                        () -> UserException.usage(recipe.source() + " is not about labelled pictures (tasks.source: "
                                + source + ", " + settings.describe()
                                + "), so --data does not fit; see \"deutero recipes images\""));
    }

    private static void replace(Map<String, Object> tasks, ImageFormat format, Path data) {
        if (!IMAGES.equals(tasks.put("source", IMAGES))) {
            tasks.putIfAbsent("size", format.height());
            tasks.putIfAbsent("colour", format.channels() == 3);
            // A split of the former set; "random" means the same here.
            tasks.computeIfPresent("split", (key, value) -> value.equals("random") ? value : null);
            OF_DRAWINGS.forEach(tasks::remove);
            tasks.remove("form"); // few-shot, or there would be no pictures to replace
        }
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
