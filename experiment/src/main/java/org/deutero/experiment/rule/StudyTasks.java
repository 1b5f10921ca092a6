package org.deutero.experiment.rule;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.recipe.Recipe;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.learn.Seeds;
import org.deutero.learn.evaluate.Evaluator;
import org.deutero.learn.evaluate.Measure;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;
import org.deutero.tensor.Scope;

/**
 * What a rule is let loose on: the tasks of an experiment, with their data, gone through step by step.
 *
 * @param name of the tasks
 * @param experiment whose learner is the rule's, and whose tasks these are
 * @param data in memory
 * @param perPass steps in which the support set is gone through once
 * @param passes how often it is
 */
record StudyTasks(String name, Experiment experiment, TaskSet data, int perPass, int passes) {
    /** Commas between assignments, not those inside a value. */
    private static final String COMMAS = ",(?=[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*=)";

    /** The experiment that an argument stands for: {@code key=value,...} over a recipe, or another recipe; empty text for the recipe itself. */
    static Experiment experiment(Recipe recipe, String argument) {
        if (argument.isEmpty()) {
            return Experiment.of(recipe);
        }
        return Experiment.of(
                argument.contains("=")
                        ? RecipeFile.changed(recipe, List.of(argument.split(COMMAS)))
                        : RecipeFile.load(argument, List.of()));
    }

    /** Loads the data. */
    static StudyTasks of(Experiment experiment, String argument, TaskSet data) {
        int support = experiment.tasks().supportSize();
        int steps = steps(experiment, data);
        int whole = steps == support ? support : 1;
        // A batch of 0 stands for the whole support set.
        int perPass = batch(experiment)
                .map(batch -> batch == 0 ? 1 : Math.max(1, support / batch))
                .orElse(whole);
        if (steps == 0 || steps % perPass != 0 || support % perPass != 0) {
            throw UserException.usage(
                    experiment.method().name() + " takes " + steps + " steps on " + support
                            + " examples, which is no whole number of passes in batches of one size; expected tasks.support to be a multiple of method.batch");
        }
        return new StudyTasks(name(experiment, argument), experiment, data, perPass, steps / perPass);
    }

    /** Why there is nothing to compare on such tasks; empty if there is. */
    static Optional<String> obstacle(Experiment experiment) {
        TaskSettings tasks = experiment.tasks();
        if (tasks.givesEpisodes() && experiment.measure() == Measure.NEGATIVE_LOG_LIKELIHOOD) {
            return Optional.of(
                    "Steps were not compared with gradients and no races run: plain networks have no likelihood; with --on evaluation.measure=error they are measured by their error.");
        }
        boolean plain = tasks.givesEpisodes()
                && (tasks.shape().classification()
                        || (tasks.shape().objective() == Objective.SQUARED_ERROR
                                && tasks.regressionMeasure().equals(Measure.SQUARED_ERROR.name())));
        return plain
                ? Optional.empty()
                : Optional.of("Steps were not compared with gradients and no races run: tasks of "
                        + setting(experiment, "source")
                        + " are neither classifications nor regressions that a plain network could be trained on.");
    }

    @SuppressWarnings("try") // the scope works by being open
    private static int steps(Experiment experiment, TaskSet data) {
        try (Scope s = Scope.open()) {
            return experiment.learner().evaluationSteps(data.test().sample(1, Seeds.generator(0, "size")));
        }
    }

    private static Optional<Integer> batch(Experiment experiment) {
        Object method = experiment.resolved().get("method");
        return method instanceof Map<?, ?> section && section.get("batch") instanceof Integer batch
                ? Optional.of(batch)
                : Optional.empty();
    }

    static String name(Experiment experiment, String argument) {
        if (!argument.isEmpty()) {
            return argument;
        }
        String images = setting(experiment, "images");
        return images.isEmpty() ? setting(experiment, "source") : images;
    }

    private static String setting(Experiment experiment, String key) {
        Object tasks = experiment.resolved().get("tasks");
        Object value = tasks instanceof Map<?, ?> section ? section.get(key) : null;
        return value == null ? "" : value.toString();
    }

    /** Examples in a step. */
    int batch() {
        return experiment.tasks().supportSize() / perPass;
    }

    /** What a step is about to show. */
    Episodes upcoming(Episodes tasks, int step, int steps) {
        return tasks.upcoming(step % perPass, perPass);
    }

    /** Test tasks, the same for all who are measured. */
    Evaluator<Episodes> test(int tasks) {
        return evaluator(tasks, "test");
    }

    /** Other tasks of the same kind, to choose step sizes by. */
    Evaluator<Episodes> tuning(int tasks) {
        return evaluator(tasks, "tuning");
    }

    private Evaluator<Episodes> evaluator(int tasks, String purpose) {
        return new Evaluator<>(
                data.test(),
                experiment.measure(),
                tasks,
                experiment.measurement().shard(),
                Seeds.branch(experiment.seed(), purpose));
    }
}
