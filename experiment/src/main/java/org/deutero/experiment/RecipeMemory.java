package org.deutero.experiment;

import java.util.List;
import java.util.Map;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.learn.run.TrainingListener;

/**
 * What checkpoints remember of the recipe that they come from, so that a run whose {@code recipe.yaml} was changed behind its back does not go on as another one.
 *
 * @param experiment that is trained
 */
record RecipeMemory(Experiment experiment) implements TrainingListener {
    private static final String KEY = "recipe";

    @Override
    public Map<String, String> memory() {
        return Map.of(KEY, RecipeFile.toYaml(Resumption.meaning(experiment.resolved())));
    }

    /**
     * Nothing if the iterations of a checkpoint are those of this recipe.
     *
     * @param metadata of the checkpoint; an old one that remembers nothing fits
     * @throws UserException by the keys that differ
     */
    void require(RunFolder run, Map<String, String> metadata) {
        String text = metadata.get(KEY);
        if (text == null) {
            return;
        }
        Map<String, Object> before = RecipeFile.tree(text, "the recipe in the checkpoint of " + run.path());
        Map<String, Object> now = Resumption.meaning(experiment.resolved());
        List<String> differences = Resumption.differences(before, now);
        if (!differences.isEmpty()) {
            throw UserException.usage(
                    "the recipe in " + run.recipeFile() + " is not that of the iterations done so far: "
                            + String.join(", ", differences)
                            + "; put it back to go on, or start another run from what this one has learned by --init-from "
                            + run.path());
        }
    }
}
