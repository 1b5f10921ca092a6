package org.deutero.experiment.compare;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.Joint;
import org.deutero.experiment.LoadedLearner;
import org.deutero.experiment.RunFolder;
import org.deutero.experiment.recipe.Recipe;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.learn.evaluate.Evaluator;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.TaskSource;

/**
 * A trained run that is ready to be measured.
 *
 * @param name how it is called here
 * @param folder where it lies
 * @param overrides what is changed in its recipe for this comparison
 * @param experiment with these changes
 * @param joint of it
 * @param trained its learner
 * @param tasks what it is measured on
 * @param seed of the tasks
 * @param <T> tasks in a batch
 */
record Contender<T extends TaskBatch<T>>(
        String name,
        RunFolder folder,
        List<String> overrides,
        Experiment experiment,
        Joint<T> joint,
        LoadedLearner<T> trained,
        TaskSource<T> tasks,
        long seed) {
    /** Keys of a recipe's tasks that change training or the look of pictures, but not which tasks are drawn. */
    private static final List<String> OF_NO_CONSEQUENCE = List.of(
            "train-way",
            "train-shot",
            "train-queries",
            "train-support",
            "train-images",
            "train-families",
            "train-size",
            "train-crop",
            "train-class-sets",
            "train-arms",
            "train-rounds",
            "rotation",
            "size",
            "colour",
            "resampling",
            "invert");

    /** Measures on the first {@code number} tasks of a source. */
    Evaluator<T> evaluator(TaskSource<T> source, int number) {
        return new Evaluator<>(
                source, joint.measure(), number, experiment.measurement().shard(), seed);
    }

    /** The experiment with more changes: its learner and tasks for other conditions. */
    Experiment under(List<String> changes) {
        List<String> all = new java.util.ArrayList<>(overrides);
        all.addAll(changes);
        Recipe recipe = RecipeFile.load(folder.recipeFile().toAbsolutePath().toString(), all);
        return Experiment.of(recipe);
    }

    /** The keys in which the tasks of two runs differ; none if both are given the same tasks. */
    List<String> differencesTo(Contender<?> other) {
        Map<String, Object> mine = decisive();
        Map<String, Object> theirs = other.decisive();
        TreeSet<String> keys = new TreeSet<>(mine.keySet());
        keys.addAll(theirs.keySet());
        keys.removeIf(key -> String.valueOf(mine.get(key)).equals(String.valueOf(theirs.get(key))));
        return List.copyOf(keys);
    }

    /** A key of the recipe's tasks, or "-" where it has none of this name. */
    String setting(String key) {
        return String.valueOf(decisive().getOrDefault(key, "-"));
    }

    /** The keys of the recipe's tasks that decide which tasks are drawn. */
    Map<String, Object> decisive() {
        return experiment.resolved().get("tasks") instanceof Map<?, ?> section ? decisive(section) : Map.of();
    }

    /** The same of any section of tasks. */
    static Map<String, Object> decisive(Map<?, ?> section) {
        Map<String, Object> keys = new TreeMap<>();
        section.forEach((key, value) -> keys.put(String.valueOf(key), value));
        keys.keySet().removeAll(OF_NO_CONSEQUENCE);
        return keys;
    }
}
