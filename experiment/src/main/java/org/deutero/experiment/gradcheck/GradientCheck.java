package org.deutero.experiment.gradcheck;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.Joint;
import org.deutero.experiment.gradcheck.Comparison.Entry;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.learn.meta.MetaRule;
import org.deutero.options.OptionsException;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.TensorException;

/** Compares estimators with the exact sweep and with finite differences of the meta-loss, both in float64; in worlds, see {@link Smoothed}. */
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
     * @param against what estimators are held against, in a few words
     * @param verdict about the recipe's own, in a sentence
     */
    public record Result(List<Finding> findings, Map<String, String> misfits, String against, String verdict) {
        /** About the recipe's own estimator. */
        public Finding own() {
            return GradientCheck.own(findings);
        }
    }

    /** Nothing is drawn yet; {@code progress} hears of each estimator in a line. */
    public GradientCheck(Experiment experiment, Settings settings, Consumer<String> progress) {
        this.experiment = experiment;
        this.settings = settings;
        this.progress = progress;
    }

    /** Compares. @throws OptionsException if the recipe's own estimator does not fit its learner */
    public Result run() {
        return run(experiment.joint());
    }

    @SuppressWarnings("try") // the scope works by being open
    private <T extends TaskBatch<T>> Result run(Joint<T> joint) {
        own(experiment).require(joint.learner());
        TaskSource<T> source = experiment.load(joint).train();
        try (Scope s = Scope.open()) {
            Instance<T> drawn = Instance.of(experiment, joint.learner(), source, settings.tasks());
            if (drawn.theta().isEmpty()) {
                throw new OptionsException("method " + experiment.method().name()
                        + " has no meta-parameters, so there is no gradient to check");
            }
            return joint.kind().equals(TaskKind.WORLDS) ? byChance(drawn) : exactly(drawn);
        }
    }

    private <T extends TaskBatch<T>> Result exactly(Instance<T> drawn) {
        Instance<T> precise = drawn.to(DType.FLOAT64);
        Instance<T> used = drawn.to(settings.type());
        Params exact = precise.estimate(Sweep.ALL).gradient();
        Slopes slopes = Slopes.of(precise, settings.directions());
        progress.accept("The exact gradient and " + settings.directions() + " slopes are known.");
        Map<String, String> misfits = new LinkedHashMap<>();
        List<Finding> findings = compare(entries(used.steps()), used, exact, slopes, misfits);
        return new Result(
                findings,
                misfits,
                settings.type().name().toLowerCase(Locale.ROOT) + " against float64",
                Verdict.of(own(findings), settings.type(), settings.directions()));
    }

    /** In worlds, where actions are chosen: against the gradient of the smoothed meta-loss. */
    private <T extends TaskBatch<T>> Result byChance(Instance<T> drawn) {
        Smoothed smoothed = Smoothed.of(drawn, Smoothed.deviation(own(experiment)), settings.directions());
        progress.accept("The gradient of the smoothed meta-loss and " + settings.directions() + " slopes are known.");
        Map<String, String> misfits = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>(entries(drawn.steps()));
        entries.removeIf(entry -> {
            boolean derives = entry.kind() != EstimatorKind.NOISY && !isOwn(entry);
            if (derives) {
                misfits.put(entry.label(), "no derivative reaches through the actions of an agent");
            }
            return derives;
        });
        List<Finding> findings = compare(entries, drawn, smoothed.gradient(), smoothed.slopes(), misfits);
        return new Result(findings, misfits, smoothed.describe(), smoothed.verdict(own(findings)));
    }

    private static Finding own(List<Finding> findings) {
        return findings.stream().filter(Finding::ofRecipe).findFirst().orElseThrow();
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

    private List<Finding> compare(
            List<Entry> entries, Instance<?> instance, Params exact, Slopes slopes, Map<String, String> misfits) {
        List<Finding> findings = new ArrayList<>();
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
        return List.copyOf(findings);
    }

    private Finding find(Entry entry, Instance<?> instance, Params exact, Slopes slopes) {
        try (Scope s = Scope.open()) {
            long start = System.nanoTime();
            Params gradient = instance.estimate(entry.estimator()).gradient().to(DType.FLOAT64);
            double first = (System.nanoTime() - start) / 1e9;
            Cost cost = Cost.afterWarmUp(() -> once(instance, entry.estimator()), first);
            return Finding.of(entry, isOwn(entry), gradient, exact, slopes, cost);
        }
    }

    @SuppressWarnings("try") // the scope works by being open
    static void once(Instance<?> instance, MetaGradient estimator) {
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
