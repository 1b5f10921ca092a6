package org.deutero.experiment.gradcheck;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.gradcheck.Comparison.Entry;
import org.deutero.learn.MetaGradient;
import org.deutero.learn.MetaRule;
import org.deutero.learn.gradient.Sweep;
import org.deutero.options.OptionsException;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.TensorException;

/** Compares estimators with the exact sweep and with finite differences of the meta-loss, both in float64. */
public final class GradientCheck {
    private final Experiment experiment;
    private final Settings settings;
    private final Consumer<String> progress;

    /**
     * What to compare.
     *
     * @param tasks in the batch
     * @param directions of finite differences
     * @param type that estimators work in
     * @param labels of the estimators beside the recipe's own; see {@link Comparison}
     */
    public record Settings(int tasks, int directions, DType type, List<String> labels) {}

    /**
     * What was found.
     *
     * @param findings in the order of the comparison
     * @param misfits estimators that cannot serve this learner, with the reason
     * @param verdict about the recipe's own, in a sentence
     */
    public record Result(List<Finding> findings, Map<String, String> misfits, String verdict) {
        /** About the recipe's own estimator. */
        public Finding own() {
            return findings.stream().filter(Finding::ofRecipe).findFirst().orElseThrow();
        }
    }

    /** Nothing is drawn yet; {@code progress} hears of each estimator in a line. */
    public GradientCheck(Experiment experiment, Settings settings, Consumer<String> progress) {
        this.experiment = experiment;
        this.settings = settings;
        this.progress = progress;
    }

    /** Compares. @throws OptionsException if the recipe's own estimator does not fit its learner */
    @SuppressWarnings("try") // the scope works by being open
    public Result run(TaskSet data) {
        own(experiment).require(experiment.learner());
        try (Scope s = Scope.open()) {
            Instance drawn = Instance.of(experiment, data, settings.tasks());
            Instance precise = drawn.to(DType.FLOAT64);
            Instance used = drawn.to(settings.type());
            if (drawn.theta().isEmpty()) {
                throw new OptionsException("method " + experiment.method().name()
                        + " has no meta-parameters, so there is no gradient to check");
            }
            Params exact = precise.estimate(Sweep.ALL).gradient();
            Slopes slopes = Slopes.of(precise, settings.directions());
            progress.accept("The exact gradient and " + settings.directions() + " slopes are known.");
            return compare(used, exact, slopes);
        }
    }

    /** The estimator that a recipe names. @throws OptionsException if its meta-parameters move without one */
    public static MetaGradient own(Experiment experiment) {
        MetaRule rule = experiment.metaGradient();
        return rule.estimator()
                .orElseThrow(
                        () -> new OptionsException(
                                "meta-gradient " + rule.name()
                                        + " moves the meta-parameters by itself and estimates no gradient, so there is nothing to check"));
    }

    private Result compare(Instance instance, Params exact, Slopes slopes) {
        List<Finding> findings = new ArrayList<>();
        Map<String, String> misfits = new LinkedHashMap<>();
        List<Entry> entries = entries(instance.steps());
        long started = System.nanoTime();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            Optional<String> misfit = entry.estimator().misfit(instance.learner());
            if (misfit.isPresent()) {
                misfits.put(entry.label(), misfit.get());
                continue;
            }
            try {
                findings.add(find(entry, instance, exact, slopes));
            } catch (OptionsException | TensorException e) {
                if (isOwn(entry)) {
                    throw e;
                }
                misfits.put(entry.label(), e.getMessage().lines().findFirst().orElse(""));
                continue;
            }
            Cost cost = findings.get(findings.size() - 1).cost();
            int toCome = entries.size() - i - 1;
            double left = (System.nanoTime() - started) / 1e9 / (i + 1) * toCome;
            progress.accept((i + 1) + " of " + entries.size() + ": " + entry.label() + " took "
                    + Units.time(cost.seconds()) + (toCome > 0 ? "; about " + Units.time(left) + " left" : ""));
        }
        Finding own = findings.stream().filter(Finding::ofRecipe).findFirst().orElseThrow();
        return new Result(List.copyOf(findings), misfits, Verdict.of(own, settings.type(), settings.directions()));
    }

    private Finding find(Entry entry, Instance instance, Params exact, Slopes slopes) {
        try (Scope s = Scope.open()) {
            long start = System.nanoTime();
            Params gradient = instance.estimate(entry.estimator()).gradient().to(DType.FLOAT64);
            double first = (System.nanoTime() - start) / 1e9;
            Cost cost = Cost.afterWarmUp(() -> once(instance, entry.estimator()), first);
            return Finding.of(entry, isOwn(entry), gradient, exact, slopes, cost);
        }
    }

    @SuppressWarnings("try") // the scope works by being open
    static void once(Instance instance, MetaGradient estimator) {
        try (Scope s = Scope.open()) {
            instance.estimate(estimator);
        }
    }

    private boolean isOwn(Entry entry) {
        return entry.estimator().equals(own(experiment));
    }

    /** The wanted ones; the recipe's own comes first if its setting is not among them. */
    private List<Entry> entries(int steps) {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : Comparison.of(settings.type(), steps)) {
            if (isOwn(entry) || settings.labels().contains(entry.label())) {
                entries.add(entry);
            }
        }
        MetaGradient own = own(experiment);
        if (entries.stream().noneMatch(this::isOwn)) {
            boolean taken = entries.stream().anyMatch(entry -> entry.label().equals(own.name()));
            entries.add(0, new Entry(taken ? own.name() + " (recipe)" : own.name(), own, Comparison.kind(own)));
        }
        return entries;
    }
}
