package org.deutero.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.learn.Predictor;
import org.deutero.learn.capability.LearnedStepSizes;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

/** Looks at learned step sizes. */
final class FoundStepSizes {
    private FoundStepSizes() {}

    /** Share and range by parameter; empty for learners that learn none. */
    @SuppressWarnings("try") // the scope works by being open
    static Optional<MetricRow.StepSizes> of(Predictor<?> learner, Params theta) {
        try (Scope s = Scope.open()) {
            List<MetricRow.StepSize> all = new ArrayList<>();
            learner.as(LearnedStepSizes.class)
                    .ifPresent(sizes ->
                            sizes.stepSizes(theta).forEach((name, tensor) -> all.add(of(name, tensor.doubles()))));
            return all.isEmpty() ? Optional.empty() : Optional.of(new MetricRow.StepSizes(all));
        }
    }

    private static MetricRow.StepSize of(String name, double[] values) {
        DoubleSummaryStatistics summary = Arrays.stream(values).summaryStatistics();
        long negative = Arrays.stream(values).filter(value -> value < 0).count();
        return new MetricRow.StepSize(
                name,
                summary.getCount(),
                summary.getMin(),
                summary.getAverage(),
                summary.getMax(),
                (double) negative / values.length);
    }
}
