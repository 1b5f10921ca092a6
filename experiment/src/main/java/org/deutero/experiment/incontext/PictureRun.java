package org.deutero.experiment.incontext;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.RunFolder;
import org.deutero.experiment.RunListener;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.recipe.Recipe;
import org.deutero.experiment.recipe.RecipeFile;

/**
 * One of the trainings that a picture is made of: an ordinary run in a folder of its own, so that a picture that was interrupted goes on where it was.
 *
 * @param name of the folder
 * @param recipe of it
 */
record PictureRun(String name, Recipe recipe) {
    /** What is trained. */
    Experiment experiment() {
        return Experiment.of(recipe);
    }

    /** Where. */
    RunFolder folder(Path base) {
        return new RunFolder(base.resolve(name));
    }

    /** Whether it has been trained and tested. @throws UserException if the folder holds another run */
    boolean done(Path base) {
        RunFolder folder = folder(base);
        if (!Files.isRegularFile(folder.recipeFile())) {
            return false;
        }
        if (!same(folder)) {
            throw UserException.usage(folder.path()
                    + " holds a run under other settings than this picture's; choose another folder with --out");
        }
        try {
            return folder.metrics().read().stream().anyMatch(MetricRow.Test.class::isInstance);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many threads did it changes nothing. */
    private boolean same(RunFolder folder) {
        return comparable(Experiment.of(folder.recipe()).resolved())
                .equals(comparable(experiment().resolved()));
    }

    private static String comparable(Map<String, Object> resolved) {
        Map<String, Object> tree = new LinkedHashMap<>(resolved);
        if (tree.get("training") instanceof Map<?, ?> training) {
            Map<String, Object> others = new LinkedHashMap<>();
            training.forEach((key, value) -> others.put(String.valueOf(key), value));
            others.remove("threads");
            tree.put("training", others);
        }
        return RecipeFile.toYaml(tree);
    }

    /** Trains and tests, or goes on with it. */
    void carryOut(Path base, RunListener listener) {
        RunFolder folder = folder(base);
        if (Files.isRegularFile(folder.recipeFile())) {
            Experiment.resume(folder.path(), listener);
        } else {
            experiment().train(folder.path(), listener);
        }
    }
}
