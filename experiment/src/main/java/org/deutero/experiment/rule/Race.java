package org.deutero.experiment.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deutero.experiment.EvaluationSettings.Protocol;
import org.deutero.experiment.report.RuleData;
import org.deutero.learn.Predictor;
import org.deutero.learn.evaluate.Evaluation;
import org.deutero.learn.evaluate.Evaluator;
import org.deutero.learn.evaluate.Summary;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.shards.Workers;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Params;

/**
 * A rule and optimisers learn the same tasks.
 *
 * @param ground the tasks
 * @param tasks how many to measure on
 * @param tuning how many, of the same kind but others, to choose rates by
 * @param changes of the baselines' recipes
 * @param workers to work with
 */
record Race(StudyTasks ground, int tasks, int tuning, List<String> changes, Workers workers) {
    /** Points of a curve of online figures; each is a mean over a stretch of the stream. */
    private static final int POINTS = 40;

    static final MetaState NOTHING = new MetaState(0, Params.EMPTY, Params.EMPTY, Params.EMPTY);

    /** An optimiser with its best rate. */
    record Tuned(Baseline baseline, double rate, Predictor<Episodes> learner) {
        String name() {
            return baseline.name() + " "
                    + (rate < 1e-3 ? String.format(Locale.ROOT, "%.0e", rate).replace("e-0", "e-") : trim(rate));
        }

        private static String trim(double rate) {
            String text = Double.toString(rate);
            return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
        }
    }

    /** Pieces of work, for a countdown. */
    static int pieces() {
        return Baseline.ALL.stream().mapToInt(b -> b.rates().size() + 1).sum() + 1;
    }

    /** The rate of each optimiser with the best mean over the whole learning curve. */
    List<Tuned> tune(StudyListener listener) {
        List<Tuned> tuned = new ArrayList<>();
        for (Baseline baseline : Baseline.ALL) {
            Tuned best = null;
            double score = Double.NEGATIVE_INFINITY;
            for (double rate : baseline.rates()) {
                Predictor<Episodes> learner = baseline.on(
                                ground.experiment(), ground.batch(), ground.passes(), rate, changes)
                        .learner();
                double mean = score(evaluate(ground.tuning(tuning), learner, NOTHING));
                if (best == null || mean > score) {
                    best = new Tuned(baseline, rate, learner);
                    score = mean;
                }
                listener.done(ground.name() + ": trying " + baseline.name());
            }
            tuned.add(best);
        }
        return tuned;
    }

    private double score(Evaluation evaluation) {
        double mean = evaluation.overall().mean();
        if (evaluation.overall().diverged() > 0) {
            return Double.NEGATIVE_INFINITY;
        }
        return ground.experiment().measure().higherIsBetter() ? mean : -mean;
    }

    /** Everybody's learning curve on the test tasks. */
    RuleData.Ground run(
            String name, Predictor<Episodes> rule, MetaState state, List<Tuned> others, StudyListener listener) {
        List<RuleData.Curve> curves = new ArrayList<>();
        Evaluator<Episodes> test = ground.test(tasks);
        curves.add(curve(name, evaluate(test, rule, state)));
        listener.done(ground.name() + ": " + name);
        for (Tuned other : others) {
            curves.add(curve(other.name(), evaluate(test, other.learner(), NOTHING)));
            listener.done(ground.name() + ": " + other.name());
        }
        return new RuleData.Ground(
                ground.name(), ground.experiment().measure().name(), tasks, online(), curves, Optional.empty());
    }

    private boolean online() {
        return ground.experiment().measurement().protocol() == Protocol.PREQUENTIAL && ground.passes() == 1;
    }

    private Evaluation evaluate(Evaluator<Episodes> evaluator, Predictor<Episodes> learner, MetaState state) {
        return online()
                ? evaluator.prequential(learner, state, workers, Episodes::upcoming)
                : evaluator.bySteps(learner, state, workers);
    }

    private RuleData.Curve curve(String name, Evaluation evaluation) {
        List<double[]> rows = evaluation.perTask();
        int points = online() ? Math.min(POINTS, rows.size()) : rows.size();
        Summary[] summaries = new Summary[points];
        double[] steps = new double[points];
        for (int i = 0; i < points; i++) {
            int from = (int) ((long) i * rows.size() / points);
            int to = (int) ((long) (i + 1) * rows.size() / points);
            summaries[i] = Summary.of(mean(rows.subList(from, to)));
            steps[i] = (from + to - 1) / 2.0;
        }
        int diverged = evaluation.overall().diverged();
        return new RuleData.Curve(
                diverged == 0 ? name : name + " (" + diverged + " of " + tasks + " tasks diverged)",
                steps,
                Arrays.stream(summaries).mapToDouble(Summary::mean).toArray(),
                Arrays.stream(summaries).mapToDouble(Summary::interval).toArray());
    }

    private static double[] mean(List<double[]> rows) {
        return IntStream.range(0, rows.get(0).length)
                .mapToDouble(task ->
                        rows.stream().mapToDouble(row -> row[task]).average().orElse(Double.NaN))
                .toArray();
    }
}
