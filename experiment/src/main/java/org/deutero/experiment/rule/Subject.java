package org.deutero.experiment.rule;

import java.util.Map;
import java.util.Optional;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.LoadedLearner;
import org.deutero.experiment.RunFolder;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.recipe.Recipe;
import org.deutero.learn.Learner;
import org.deutero.learn.meta.MetaState;
import org.deutero.serve.TrainedOptimizer;
import org.deutero.tensor.Params;

/**
 * What is studied: a learned rule with what is known of it.
 *
 * @param name of it: a folder, a file, or what comes with the library
 * @param title of the page
 * @param recipe it was made by
 * @param state its meta-parameters
 * @param note what it tells of itself, or the empty string
 * @param misfit why a learner cannot have these meta-parameters
 */
record Subject(String name, String title, Recipe recipe, MetaState state, String note, Fit misfit) {
    /** Tells why a learner cannot have the meta-parameters. */
    @FunctionalInterface
    interface Fit {
        /** A reason, or nothing if it can. */
        Optional<String> misfit(Learner<?> learner);
    }

    /** The rule of a run. */
    static Subject of(RunFolder folder, LoadedLearner<?> trained) {
        Recipe recipe = folder.recipe();
        return new Subject(
                folder.path().toString(),
                "The rule of " + folder.path().getFileName(),
                recipe,
                trained.members().get(0),
                "",
                trained::misfit);
    }

    /** An optimiser; its tensors belong to the innermost open scope. */
    static Subject of(String name, TrainedOptimizer optimizer) {
        Map<String, Object> provenance = optimizer.description().provenance();
        if (!(provenance.get("recipe") instanceof Map<?, ?> recipe)) {
            throw UserException.usage(name + " does not tell by which recipe it was made");
        }
        @SuppressWarnings("unchecked") // recipes are maps of names
        Recipe made = new Recipe("the recipe in " + name, (Map<String, Object>) recipe);
        long iteration = provenance.get("iteration") instanceof Number number ? number.longValue() : 0;
        MetaState state = new MetaState(iteration, optimizer.metaParameters(), Params.EMPTY, Params.EMPTY);
        return new Subject(
                name,
                "The optimiser " + name,
                made,
                state,
                optimizer.description().note(),
                learner -> Optional.empty());
    }

    /** The experiment that an argument stands for: {@code key=value,...} over the recipe, or another recipe; empty text for its own. */
    Experiment ground(String argument) {
        return StudyTasks.experiment(recipe, argument);
    }

    Experiment experiment() {
        return ground("");
    }
}
