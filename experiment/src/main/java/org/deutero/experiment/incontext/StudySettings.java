package org.deutero.experiment.incontext;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.recipe.Recipe;
import org.deutero.experiment.recipe.RecipeFile;

/**
 * How the learners of a picture are trained.
 *
 * @param recipe that all of them change
 * @param overrides {@code key=value} changes to it, besides the picture's own
 * @param iterations of each
 * @param seeds of meta-training, at least one
 * @param sequences of each kind that every learner is measured on
 * @param folder that holds a run folder for each
 */
public record StudySettings(
        String recipe, List<String> overrides, int iterations, List<Long> seeds, int sequences, Path folder) {
    /** Test tasks of each run itself, whose report is by the way. */
    private static final int OWN_TESTS = 200;

    /** Copies the lists. */
    public StudySettings {
        overrides = List.copyOf(overrides);
        seeds = List.copyOf(seeds);
        if (iterations < 1 || sequences < 1 || seeds.isEmpty()) {
            throw UserException.usage("a picture needs iterations, test sequences and a seed, not " + iterations
                    + " iterations, " + sequences + " sequences and " + seeds.size() + " seeds");
        }
    }

    /**
     * The run of one seed: its last state counts, and not the one that was best at unseen tasks.
     *
     * @param change of the recipe, before anything else is changed about it
     * @param own {@code key=value} changes
     */
    PictureRun run(String name, UnaryOperator<Recipe> change, List<String> own, long seed) {
        List<String> all = new ArrayList<>(own);
        all.add("training.iterations=" + iterations);
        all.add("training.validate-every=0");
        all.add("evaluation.tasks=" + OWN_TESTS);
        all.addAll(overrides);
        all.add("seed=" + seed);
        Recipe changed = change.apply(RecipeFile.load(recipe, List.of()));
        return new PictureRun(name + "-seed-" + seed, RecipeFile.changed(changed, all));
    }
}
