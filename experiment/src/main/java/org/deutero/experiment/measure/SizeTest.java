package org.deutero.experiment.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.learn.Predictor;
import org.deutero.learn.capability.Predictive;
import org.deutero.learn.capability.ProbabilisticLearner;
import org.deutero.learn.evaluate.Evaluator;
import org.deutero.learn.evaluate.Measure;
import org.deutero.learn.evaluate.Summary;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.shards.Workers;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Reference;
import org.deutero.tasks.source.SizedTasks;
import org.deutero.tensor.Scope;

/**
 * Measures learners and predictors of reference by how many points of a function they are shown, all on the same functions.
 *
 * @param levels numbers of points
 * @param tasks test tasks of each
 * @param shard tasks in a batch
 * @param seed of the tasks
 */
public record SizeTest(List<SizedTasks> levels, int tasks, int shard, long seed) {
    /** The learner's figures: squared error, also at the points shown, and likelihood if it has one. */
    public List<MetricRow.BySize> learner(String name, Predictor<Episodes> learner, MetaState state, Workers workers) {
        List<Measure<Episodes>> measures = new ArrayList<>();
        if (learner.as(ProbabilisticLearner.class).isPresent()) {
            measures.add(Measure.NEGATIVE_LOG_LIKELIHOOD);
        }
        measures.add(Measure.SQUARED_ERROR);
        measures.add(Measure.SHOWN_SQUARED_ERROR);
        List<MetricRow.BySize> rows = new ArrayList<>();
        for (Measure<Episodes> measure : measures) {
            for (SizedTasks level : levels) {
                Summary summary = new Evaluator<>(level.tasks(), measure, tasks, shard, seed)
                        .atEnd(learner, state, workers)
                        .last();
                rows.add(row(name, level, measure, summary));
            }
        }
        return rows;
    }

    /** Those of the predictors of reference. */
    public List<MetricRow.BySize> references() {
        List<MetricRow.BySize> rows = new ArrayList<>();
        for (SizedTasks level : levels) {
            for (Reference reference : level.references()) {
                rows.addAll(reference(level, reference));
            }
        }
        return rows;
    }

    @SuppressWarnings("try") // the scope works by being open
    private List<MetricRow.BySize> reference(SizedTasks level, Reference reference) {
        RandomGenerator stream = Evaluator.stream(seed);
        double[] errors = new double[tasks];
        double[] surprises = new double[tasks];
        boolean distribution = true;
        for (int from = 0; from < tasks; from += shard) {
            try (Scope s = Scope.open()) {
                Reference.Forecast forecast = reference.forecast(Math.min(shard, tasks - from), stream);
                put(Measure.SQUARED_ERROR.of(forecast.mean(), forecast.tasks()).doubles(), errors, from);
                distribution = forecast.deviation().isPresent();
                if (distribution) {
                    Predictive belief = Predictive.normal(
                            forecast.mean(), forecast.deviation().get());
                    put(
                            Measure.NEGATIVE_LOG_LIKELIHOOD
                                    .of(belief.packed(), forecast.tasks())
                                    .doubles(),
                            surprises,
                            from);
                }
            }
        }
        List<MetricRow.BySize> rows = new ArrayList<>();
        if (distribution) {
            rows.add(row(reference.name(), level, Measure.NEGATIVE_LOG_LIKELIHOOD, Summary.of(surprises)));
        }
        rows.add(row(reference.name(), level, Measure.SQUARED_ERROR, Summary.of(errors)));
        return rows;
    }

    private static void put(double[] part, double[] all, int from) {
        System.arraycopy(part, 0, all, from, part.length);
    }

    private static MetricRow.BySize row(String name, SizedTasks level, Measure<Episodes> measure, Summary summary) {
        return new MetricRow.BySize(
                name, level.points(), measure.name(), summary.mean(), summary.interval(), summary.diverged());
    }

    /** Figures as parts of a test. */
    public static List<MetricRow.Part> parts(List<MetricRow.BySize> rows) {
        return rows.stream()
                .map(row -> new MetricRow.Part(
                        row.points() + (row.points() == 1 ? " point" : " points"),
                        row.metricName(),
                        row.metric(),
                        row.interval(),
                        row.diverged()))
                .toList();
    }
}
