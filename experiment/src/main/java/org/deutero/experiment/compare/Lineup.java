package org.deutero.experiment.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.Joint;
import org.deutero.experiment.LoadedLearner;
import org.deutero.experiment.RunFolder;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.recipe.Recipe;
import org.deutero.learn.Seeds;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.kind.TaskKind;

/**
 * Runs side by side, all under the form of tasks of the first: its ways, shots, queries, rotation and seed, or whatever decides which tasks of another kind are drawn.
 *
 * @param runs in the order given, at least two
 * @param notes what a reader must know of how they were brought together
 * @param <T> tasks in a batch
 */
record Lineup<T extends TaskBatch<T>>(List<Contender<T>> runs, List<String> notes) implements AutoCloseable {
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
    static Lineup<?> open(List<Path> paths, List<String> overrides) {
        List<RunFolder> folders = paths.stream().map(RunFolder::open).toList();
        List<String> names = names(folders);
        Map<?, ?> form = tasks(folders.get(0).recipe(overrides));
        List<String> changes = new ArrayList<>(overrides);
        changes.addAll(changes(TaskKind.EPISODES, form, form)); // whatever kind it is, that is no other form
        Experiment first = experiment(names.get(0), folders.get(0), changes);
        return first.joint().hasQueries()
                ? open(TaskKind.EPISODES, folders, names, overrides)
                : open(first.joint().kind(), folders, names, overrides);
    }

    private static <T extends TaskBatch<T>> Lineup<T> open(
            TaskKind<T, ?> kind, List<RunFolder> folders, List<String> names, List<String> overrides) {
        Map<?, ?> form = tasks(folders.get(0).recipe(overrides));
        List<Contender<T>> runs = new ArrayList<>();
        try {
            for (int i = 0; i < folders.size(); i++) {
                List<String> changes = new ArrayList<>(overrides);
                changes.addAll(changes(kind, form, tasks(folders.get(i).recipe(overrides))));
                runs.add(contender(kind, names.get(i), folders.get(i), changes, runs));
            }
            return new Lineup<>(runs, notes(runs));
        } catch (RuntimeException e) {
            runs.forEach(run -> run.trained().close());
            throw e;
        }
    }

    /** What brings the tasks of a run into the form of the first. */
    private static List<String> changes(TaskKind<?, ?> kind, Map<?, ?> form, Map<?, ?> own) {
        if (!kind.equals(TaskKind.EPISODES)) {
            boolean same = Objects.equals(form.get("source"), own.get("source"));
            return same ? all("tasks", Contender.decisive(form)) : List.of();
        }
        List<String> changes = new ArrayList<>();
        for (String key : FORM) {
            if (form.containsKey(key) && own.containsKey(key)) {
                changes.add("tasks." + key + "=" + form.get(key));
            }
        }
        if (form.containsKey("way") && own.containsKey("train-way")) {
            // Training is over; whether the learner can have so many classes is seen from its meta-parameters.
            changes.add("tasks.train-way=" + form.get("way"));
        }
        return changes;
    }

    private static List<String> all(String path, Map<?, ?> section) {
        return section.entrySet().stream()
                .flatMap(key -> key.getValue() instanceof Map<?, ?> inner
                        ? all(path + "." + key.getKey(), inner).stream()
                        : Stream.of(path + "." + key.getKey() + "=" + key.getValue()))
                .toList();
    }

    private static <T extends TaskBatch<T>> Contender<T> contender(
            TaskKind<T, ?> kind, String name, RunFolder folder, List<String> changes, List<Contender<T>> before) {
        Experiment experiment = experiment(name, folder, changes);
        Optional<Contender<T>> first = before.stream().findFirst();
        first.ifPresent(run -> refuseOtherMeasures(run, name, experiment));
        Joint<T> joint = experiment.joint().as(kind, experiment.method().name());
        LoadedLearner<T> trained = LoadedLearner.of(joint.learner(), experiment, folder);
        Optional<String> misfit = trained.misfit();
        if (misfit.isPresent()) {
            trained.close();
            throw UserException.usage(name + " cannot be measured on "
                    + (kind.equals(TaskKind.EPISODES)
                            ? experiment.tasks().shape().outputs()
                                    + "-way tasks, since its network has one output a class (" + misfit.get()
                                    + "); compare with another --set tasks.way, or leave the run out"
                            : "the tasks of " + first.map(Contender::name).orElse(name) + ", since its "
                                    + misfit.get()));
        }
        long seed = first.map(Contender::seed).orElseGet(() -> Seeds.branch(experiment.seed(), "test"));
        Contender<T> bare = new Contender<>(name, folder, changes, experiment, joint, trained, null, seed);
        // Pictures take memory: runs with the same tasks in the same form share them.
        TaskSource<T> tasks = before.stream()
                .filter(run -> run.differencesTo(bare).isEmpty()
                        && form(run.experiment()).equals(form(experiment))
                        && look(run.experiment()).equals(look(experiment)))
                .findFirst()
                .map(Contender::tasks)
                .orElseGet(() -> experiment.load(joint).test());
        return new Contender<>(name, folder, changes, experiment, joint, trained, tasks, seed);
    }

    private static void refuseOtherMeasures(Contender<?> first, String name, Experiment experiment) {
        Joint<?> joint = experiment.joint();
        String measure = first.joint().measure().name();
        String other = joint.measure().name();
        if (!measure.equals(other)) {
            throw UserException.usage(first.name() + " is measured by its " + measure + " and " + name + " by its "
                    + other + ": the two cannot be compared");
        }
        if (!first.joint().kind().equals(joint.hasQueries() ? TaskKind.EPISODES : joint.kind())) {
            throw UserException.usage(first.name() + " learns " + first.joint().kind() + " and " + name + " "
                    + joint.kind() + ": the two cannot be compared");
        }
    }

    private static String form(Experiment experiment) {
        return experiment.tasks().givesEpisodes() ? experiment.tasks().shape().toString() : "";
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

    private static List<String> notes(List<? extends Contender<?>> runs) {
        List<String> notes = new ArrayList<>();
        Contender<?> first = runs.get(0);
        for (Contender<?> run : runs.subList(1, runs.size())) {
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
