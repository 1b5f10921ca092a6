package org.deutero.experiment.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.report.Course;
import org.deutero.experiment.report.Course.Curve;
import org.deutero.experiment.report.Course.Role;

/**
 * How meta-training went: runs whose recipes differ in nothing but their seed are one curve, the mean over seeds with its 95 % interval (Student's t). Points at which not all of them were looked at are left out.
 */
final class LearningCurves {
    private static final String TITLE = "Learning curves";
    private static final String ITERATION = "meta-iteration";

    private LearningCurves() {}

    /**
     * The figures: what was validated, and the meta-loss; those without a curve are left out.
     *
     * @param metric name of what is validated
     */
    static List<Course> of(List<? extends Contender<?>> runs, String metric) {
        List<Group> groups = groups(runs);
        String over = "mean over runs that differ in their seed alone, with its 95 % interval.";
        List<Course> courses = new ArrayList<>();
        figure("Validation during meta-training, " + over, metric, groups, LearningCurves::validation)
                .ifPresent(courses::add);
        figure("The meta-loss during meta-training, " + over, "meta-loss", groups, LearningCurves::loss)
                .ifPresent(courses::add);
        return courses;
    }

    /** @param seeds what each run has logged */
    private record Group(String name, List<List<MetricRow>> seeds) {}

    private static List<Group> groups(List<? extends Contender<?>> runs) {
        Map<Object, Group> groups = new LinkedHashMap<>();
        for (Contender<?> run : runs) {
            Map<String, Object> recipe =
                    new TreeMap<>(run.folder().recipe(List.of()).tree());
            recipe.remove("seed");
            Group group = groups.computeIfAbsent(recipe, r -> new Group(run.name(), new ArrayList<>()));
            try {
                group.seeds.add(run.folder().metrics().read());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return groups.values().stream()
                .map(group -> group.seeds.size() == 1
                        ? group
                        : new Group(group.name + " and its " + group.seeds.size() + " seeds", group.seeds))
                .toList();
    }

    private static Optional<Course> figure(
            String caption,
            String metric,
            List<Group> groups,
            Function<List<MetricRow>, SortedMap<Long, Double>> numbers) {
        List<Curve> curves = new ArrayList<>();
        for (Group group : groups) {
            List<SortedMap<Long, Double>> seeds =
                    group.seeds.stream().map(numbers).toList();
            List<Long> common = seeds.get(0).keySet().stream()
                    .filter(at -> seeds.stream().allMatch(seed -> seed.containsKey(at)))
                    .toList();
            if (common.size() > 1) {
                curves.add(curve(group.name, common, seeds));
            }
        }
        return curves.isEmpty() ? Optional.empty() : Optional.of(new Course(TITLE, caption, ITERATION, metric, curves));
    }

    private static Curve curve(String name, List<Long> at, List<SortedMap<Long, Double>> seeds) {
        double[] x = new double[at.size()];
        double[] mean = new double[x.length];
        double[] interval = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            long iteration = at.get(i);
            x[i] = iteration;
            OverSeeds over = OverSeeds.of(
                    seeds.stream().mapToDouble(seed -> seed.get(iteration)).toArray());
            mean[i] = over.mean();
            interval[i] = over.interval();
        }
        return seeds.size() == 1 ? new Curve(name, Role.MEAN, x, mean) : new Curve(name, Role.MEAN, x, mean, interval);
    }

    private static SortedMap<Long, Double> validation(List<MetricRow> rows) {
        SortedMap<Long, Double> numbers = new TreeMap<>();
        for (MetricRow row : rows) {
            if (row instanceof MetricRow.Validation found) {
                numbers.put(found.iteration(), found.metric());
            }
        }
        return numbers;
    }

    private static SortedMap<Long, Double> loss(List<MetricRow> rows) {
        SortedMap<Long, Double> numbers = new TreeMap<>();
        for (MetricRow row : rows) {
            if (row instanceof MetricRow.Train found) {
                numbers.put(found.iteration(), found.loss());
            }
        }
        return numbers;
    }
}
