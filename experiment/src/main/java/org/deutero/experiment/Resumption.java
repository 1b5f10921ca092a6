package org.deutero.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.deutero.experiment.base.UserException;

/** What may be changed about a run when it is resumed: nothing that would make another run of what is done already. */
final class Resumption {
    private static final String ITERATIONS = "training.iterations";

    private static final Set<String> FREE = Set.of(
            ITERATIONS,
            "training.threads",
            "training.checkpoint-every",
            "training.keep-checkpoints",
            "tasks.path",
            "tasks.split-file",
            "tasks.cache",
            "evaluation.tasks",
            "evaluation.examples");

    /** What something is called, or where it lies. */
    private static final Set<String> NAMES = Set.of(
            "name",
            "description",
            "published",
            "meta-optimizer.file",
            "method.inner-file",
            "training.warm-start",
            "training.init-from");

    private static final Set<String> PLACES =
            Set.of("tasks.path", "tasks.split-file", "tasks.cache", "training.threads");

    private static final Set<String> OVER_ALL_ITERATIONS = Set.of("cosine", "linear");

    private Resumption() {}

    /**
     * The experiment of a run, with changes.
     *
     * @param overrides {@code key=value}, as for {@code --set}
     * @throws UserException if one of them would change what has been trained so far
     */
    static Experiment of(RunFolder run, List<String> overrides) {
        Experiment before = Experiment.of(run.recipe());
        if (overrides.isEmpty()) {
            return before;
        }
        Experiment after = Experiment.of(run.recipe(overrides));
        List<String> changed = changed("", before.resolved(), after.resolved());
        for (String key : changed) {
            if (!FREE.contains(key)) {
                throw UserException.usage("--resume cannot change " + key
                        + ", because the iterations done so far would not be of the same run; it can change "
                        + String.join(", ", FREE.stream().sorted().toList()));
            }
        }
        Object course = after.options().section("meta-optimizer").resolved().get("schedule");
        if (changed.contains(ITERATIONS) && OVER_ALL_ITERATIONS.contains(String.valueOf(course))) {
            throw UserException.usage(
                    "--resume cannot change " + ITERATIONS + " of this run: meta-optimizer.schedule is " + course
                            + ", whose course over all iterations the iterations done so far have followed");
        }
        return after;
    }

    /**
     * The experiment of a run whose data lie elsewhere now.
     *
     * @param overrides {@code key=value}, as for {@code --set}
     * @throws UserException if one of them changes anything but the place of something
     */
    static Experiment moved(RunFolder run, List<String> overrides) {
        Experiment before = Experiment.of(run.recipe());
        if (overrides.isEmpty()) {
            return before;
        }
        Experiment after = Experiment.of(run.recipe(overrides));
        for (String key : changed("", before.resolved(), after.resolved())) {
            if (!PLACES.contains(key)) {
                throw UserException.usage("a trained run cannot change " + key + "; it can change where data are: "
                        + String.join(", ", PLACES.stream().sorted().toList()));
            }
        }
        return after;
    }

    /**
     * What of a resolved recipe decides which numbers are trained and which state is the best: all but names, what is {@linkplain #FREE free}, and how the result is measured. The number of iterations is part of it where a course over all of them is followed.
     */
    static Map<String, Object> meaning(Map<String, Object> resolved) {
        boolean pinned = resolved.get("meta-optimizer") instanceof Map<?, ?> optimizer
                && OVER_ALL_ITERATIONS.contains(String.valueOf(optimizer.get("schedule")));
        return meaning("", resolved, pinned);
    }

    private static Map<String, Object> meaning(String path, Map<?, ?> tree, boolean pinned) {
        Map<String, Object> kept = new LinkedHashMap<>();
        tree.forEach((key, value) -> {
            String name = path + key;
            if (value instanceof Map<?, ?> section) {
                Map<String, Object> below = meaning(name + ".", section, pinned);
                if (!below.isEmpty()) {
                    kept.put(String.valueOf(key), below);
                }
            } else if (!isFree(name, pinned) && !NAMES.contains(name) && !isMeasuring(name)) {
                kept.put(String.valueOf(key), value);
            }
        });
        return kept;
    }

    private static boolean isFree(String name, boolean pinned) {
        return FREE.contains(name) && !(pinned && name.equals(ITERATIONS));
    }

    /** Whether a key is about the measuring of results alone; validation chooses the best state, and may end training. */
    private static boolean isMeasuring(String name) {
        return name.startsWith("evaluation.") && !name.startsWith("evaluation.validation-");
    }

    /** Keys with both values, such as {@code tasks.way was 5 and is 10}. */
    static List<String> differences(Map<String, Object> before, Map<String, Object> now) {
        return changed("", before, now).stream()
                .map(key -> key + " was " + shown(before, key) + " and is " + shown(now, key))
                .toList();
    }

    private static String shown(Map<String, Object> tree, String key) {
        Object value = tree;
        for (String part : key.split("\\.")) {
            value = value instanceof Map<?, ?> section ? section.get(part) : null;
        }
        return value == null ? "not given" : String.valueOf(value);
    }

    private static List<String> changed(String path, Map<?, ?> before, Map<?, ?> after) {
        List<String> keys = new ArrayList<>();
        Map<Object, Object> all = new LinkedHashMap<>(before);
        all.putAll(after);
        for (Object key : all.keySet()) {
            Object old = before.get(key);
            Object now = after.get(key);
            if (old instanceof Map<?, ?> a && now instanceof Map<?, ?> b) {
                keys.addAll(changed(path + key + ".", a, b));
            } else if (!Objects.equals(String.valueOf(old), String.valueOf(now))) {
                keys.add(path + key);
            }
        }
        return keys;
    }
}
