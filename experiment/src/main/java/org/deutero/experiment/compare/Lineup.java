package org.deutero.experiment.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.LoadedLearner;
import org.deutero.experiment.RunFolder;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.recipe.Recipe;
import org.deutero.learn.Seeds;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;

/**
 * Runs side by side, all under the form of tasks of the first: its ways, shots, queries, rotation and seed.
 *
 * @param runs in the order given, at least two
 * @param notes what a reader must know of how they were brought together
 */
record Lineup(List<Contender> runs, List<String> notes) implements AutoCloseable {
    private static final List<String> FORM = List.of("way", "shot", "support", "queries", "test-rotation");

    Lineup {
        runs = List.copyOf(runs);
        notes = List.copyOf(notes);
    }

    /**
     * Opens runs and loads what they need.
     *
     * @param overrides {@code key=value}, for the recipes of all of them
     * @throws UserException if a folder is no run, or a run cannot be measured as the first one is
     */
    static Lineup open(List<Path> paths, List<String> overrides) {
        List<RunFolder> folders = paths.stream().map(RunFolder::open).toList();
        List<String> names = names(folders);
        Map<?, ?> form = tasks(folders.get(0).recipe(overrides));
        List<Contender> runs = new ArrayList<>();
        try {
            for (int i = 0; i < folders.size(); i++) {
                runs.add(contender(names.get(i), folders.get(i), overrides, form, runs));
            }
            return new Lineup(runs, notes(runs));
        } catch (RuntimeException e) {
            runs.forEach(run -> run.trained().close());
            throw e;
        }
    }

    private static Contender contender(
            String name, RunFolder folder, List<String> overrides, Map<?, ?> form, List<Contender> before) {
        Recipe own = folder.recipe(overrides);
        List<String> changes = new ArrayList<>(overrides);
        for (String key : FORM) {
            if (form.containsKey(key) && tasks(own).containsKey(key)) {
                changes.add("tasks." + key + "=" + form.get(key));
            }
        }
        if (form.containsKey("way") && tasks(own).containsKey("train-way")) {
            // Training is over; whether the learner can have so many classes is seen from its meta-parameters.
            changes.add("tasks.train-way=" + form.get("way"));
        }
        Experiment experiment = experiment(name, folder, changes);
        Optional<Contender> first = before.stream().findFirst();
        first.ifPresent(run -> {
            if (!run.experiment().measure().name().equals(experiment.measure().name())) {
                throw UserException.usage(run.name() + " is measured by its "
                        + run.experiment().measure().name()
                        + " and " + name + " by its " + experiment.measure().name()
                        + ": the two cannot be compared");
            }
        });
        LoadedLearner<Episodes> trained = LoadedLearner.of(experiment, folder);
        Optional<String> misfit = trained.misfit();
        if (misfit.isPresent()) {
            trained.close();
            throw UserException.usage(name + " cannot be measured on "
                    + experiment.tasks().shape().outputs()
                    + "-way tasks, since its network has one output a class (" + misfit.get()
                    + "); compare with another --set tasks.way, or leave the run out");
        }
        long seed = first.map(Contender::seed).orElseGet(() -> Seeds.branch(experiment.seed(), "test"));
        Contender bare = new Contender(name, folder, changes, experiment, trained, null, seed);
        // Pictures take memory: runs with the same tasks in the same form share them.
        TaskSource<Episodes> tasks = before.stream()
                .filter(run -> run.differencesTo(bare).isEmpty()
                        && run.experiment()
                                .tasks()
                                .shape()
                                .equals(experiment.tasks().shape())
                        && look(run.experiment()).equals(look(experiment)))
                .findFirst()
                .map(Contender::tasks)
                .orElseGet(() -> experiment.tasks().load().test());
        return new Contender(name, folder, changes, experiment, trained, tasks, seed);
    }

    private static Experiment experiment(String name, RunFolder folder, List<String> changes) {
        try {
            return Experiment.of(folder.recipe(changes));
        } catch (OptionsException e) {
            throw UserException.usage(name + ": " + e.getMessage(), e);
        }
    }

    private static List<String> look(Experiment experiment) {
        Map<?, ?> tasks = experiment.resolved().get("tasks") instanceof Map<?, ?> section ? section : Map.of();
        return List.of("resampling", "invert").stream()
                .map(key -> String.valueOf(tasks.get(key)))
                .toList();
    }

    private static Map<?, ?> tasks(Recipe recipe) {
        return recipe.tree().get("tasks") instanceof Map<?, ?> tasks ? tasks : Map.of();
    }

    /** The last part of the path, or all of it where two runs share that. */
    private static List<String> names(List<RunFolder> folders) {
        Map<String, Integer> count = new HashMap<>();
        List<String> last = folders.stream()
                .map(folder -> String.valueOf(
                        folder.path().toAbsolutePath().normalize().getFileName()))
                .toList();
        last.forEach(name -> count.merge(name, 1, Integer::sum));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < folders.size(); i++) {
            String name = count.get(last.get(i)) == 1
                    ? last.get(i)
                    : folders.get(i).path().toString();
            names.add(names.contains(name) ? name + " (" + (i + 1) + ")" : name);
        }
        return names;
    }

    private static List<String> notes(List<Contender> runs) {
        List<String> notes = new ArrayList<>();
        Contender first = runs.get(0);
        for (Contender run : runs.subList(1, runs.size())) {
            List<String> keys = first.differencesTo(run);
            if (!keys.isEmpty()) {
                String key = keys.contains("source") ? "source" : keys.get(0);
                notes.add(first.name() + " and " + run.name() + " are measured on different tasks (tasks." + key
                        + " is " + first.setting(key) + " and " + run.setting(key)
                        + "), so that their difference is unpaired.");
            }
        }
        return notes;
    }

    @Override
    public void close() {
        runs.forEach(run -> run.trained().close());
    }
}
