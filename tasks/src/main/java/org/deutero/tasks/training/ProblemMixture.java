package org.deutero.tasks.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.problem.ProblemShape;
import org.deutero.tasks.problem.Problems;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.Tasks;

/**
 * Families of problems side by side: every batch is of one of them, drawn at random, so that meta-gradients are averaged over families. Each family is measured by itself, too. For learners that do not mind the shapes of weights.
 *
 * @param families by name
 */
public record ProblemMixture(Map<String, ProblemSettings> families) implements ProblemSettings {
    /** Keeps the order. */
    public ProblemMixture {
        families = new LinkedHashMap<>(families);
    }

    /** Weights of all families, each under the name of its own. */
    @Override
    public ProblemShape task() {
        Map<String, List<Long>> all = new LinkedHashMap<>();
        families.forEach((family, settings) ->
                settings.task().weights().forEach((name, shape) -> all.put(family + "." + name, shape)));
        return new ProblemShape(all, families.size());
    }

    @Override
    public int convenientShard() {
        return families.values().stream()
                .mapToInt(ProblemSettings::convenientShard)
                .min()
                .orElseThrow();
    }

    @Override
    public List<String> measures() {
        return List.of("held-out-loss");
    }

    @Override
    public Tasks<Problems> tasks(Optional<TaskSet> none, LoadListener listener) {
        Map<String, Tasks<Problems>> each = new LinkedHashMap<>();
        families.forEach((name, family) -> each.put(name, family.tasks(none, listener)));
        SortedMap<String, TaskSource<Problems>> parts = new TreeMap<>();
        each.forEach((name, tasks) -> parts.put(name, tasks.test()));
        return new Tasks<>(
                mixed(each, Tasks::train),
                Optional.of(mixed(each, tasks -> tasks.validation().orElse(tasks.test()))),
                mixed(each, Tasks::test),
                parts);
    }

    private static TaskSource<Problems> mixed(
            Map<String, Tasks<Problems>> each, Function<Tasks<Problems>, TaskSource<Problems>> part) {
        List<TaskSource<Problems>> sources = new ArrayList<>();
        each.values().forEach(tasks -> sources.add(part.apply(tasks)));
        return (tasks, rng) -> sources.get(rng.nextInt(sources.size())).sample(tasks, rng);
    }
}
