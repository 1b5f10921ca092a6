package org.deutero.experiment.gradcheck;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.gradcheck.Comparison.Entry;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tensor.Scope;
import org.deutero.tensor.TensorException;

/** Time and memory of estimators by the number of inner steps, in the recipe's own type. */
public final class Scaling {
    private final IntFunction<Experiment> experiments;
    private final Settings settings;
    private final Consumer<String> progress;
    private final Consumer<List<Point>> saved;

    private final List<Point> points = new ArrayList<>();
    /** Seconds that the last point of an estimator took, all runs together, for each inner step. */
    private final Map<String, Double> pace = new HashMap<>();

    private final Map<String, String> stopped = new HashMap<>();

    /**
     * What to measure.
     *
     * @param tasks in the batch
     * @param steps numbers of inner steps, ascending
     * @param labels of estimators; see {@link Comparison}
     * @param limit seconds: an estimator whose last point took longer is not run with more steps
     */
    public record Settings(int tasks, List<Integer> steps, List<String> labels, double limit) {}

    /** One measurement. */
    public record Point(String estimator, int steps, Cost cost) {}

    /**
     * Nothing is drawn yet.
     *
     * @param experiments the experiment with a given number of inner steps
     * @param progress hears of each point in a line
     * @param saved is given all points so far after each, so that nothing is lost if the next does not fit into memory
     */
    public Scaling(
            IntFunction<Experiment> experiments,
            Settings settings,
            Consumer<String> progress,
            Consumer<List<Point>> saved) {
        this.experiments = experiments;
        this.settings = settings;
        this.progress = progress;
        this.saved = saved;
    }

    /** Measures. Estimators take turns at each number of steps, so that a disturbance does not hit one of them alone. */
    @SuppressWarnings("try") // the scope works by being open
    public List<Point> run(TaskSet data) {
        int done = 0;
        for (int steps : settings.steps()) {
            try (Scope s = Scope.open()) {
                Instance<Episodes> instance = Instance.of(experiments.apply(steps), data, settings.tasks());
                for (Entry entry : entries(instance)) {
                    done++;
                    if (!stopped.containsKey(entry.label())) {
                        point(entry, instance, steps, done);
                    }
                }
            }
        }
        if (points.isEmpty()) {
            throw new OptionsException("no estimator could be measured: " + new TreeMap<>(stopped));
        }
        return List.copyOf(points);
    }

    private void point(Entry entry, Instance<Episodes> instance, int steps, int done) {
        Optional<String> misfit = entry.estimator().misfit(instance.learner());
        if (misfit.isPresent()) {
            stop(entry, misfit.get());
            return;
        }
        long start = System.nanoTime();
        Cost cost;
        try {
            double first = Cost.seconds(() -> GradientCheck.once(instance, entry.estimator()));
            cost = Cost.afterWarmUp(() -> GradientCheck.once(instance, entry.estimator()), first);
        } catch (OptionsException | TensorException e) {
            stop(entry, e.getMessage().lines().findFirst().orElse(""));
            return;
        }
        double took = (System.nanoTime() - start) / 1e9;
        pace.put(entry.label(), took / steps);
        points.add(new Point(entry.label(), steps, cost));
        saved.accept(List.copyOf(points));
        double left = left(steps, entry.label());
        progress.accept(
                done + " of " + settings.steps().size() * settings.labels().size() + ": " + entry.label()
                        + ", T = " + steps + ": " + Units.time(cost.seconds()) + ", " + Units.memory(cost.peakBytes())
                        + (left > 0 ? "; about " + Units.time(left) + " left" : ""));
        if (took > settings.limit()) {
            stop(entry, "T = " + steps + " took " + Units.time(took) + ", more than --limit");
        }
    }

    private void stop(Entry entry, String reason) {
        stopped.put(entry.label(), reason);
        progress.accept(
                entry.label() + " is not run" + (pace.containsKey(entry.label()) ? " further" : "") + ": " + reason);
    }

    /** Time for the points to come, if it grows with the steps; of an estimator not met yet as that of the others. */
    private double left(int steps, String label) {
        double usual = pace.values().stream().mapToDouble(p -> p).average().orElse(0);
        double left = 0;
        for (int t : settings.steps()) {
            for (String other : settings.labels()) {
                boolean toCome = t > steps
                        || (t == steps
                                && settings.labels().indexOf(other)
                                        > settings.labels().indexOf(label));
                if (toCome && !stopped.containsKey(other)) {
                    left += t * pace.getOrDefault(other, usual);
                }
            }
        }
        return left;
    }

    private List<Entry> entries(Instance<Episodes> instance) {
        List<Entry> all = Comparison.of(instance.type(), instance.steps());
        return settings.labels().stream()
                .flatMap(label -> all.stream().filter(entry -> entry.label().equals(label)))
                .toList();
    }
}
