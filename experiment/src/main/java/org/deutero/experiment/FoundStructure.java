package org.deutero.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deutero.experiment.measure.Learning;
import org.deutero.experiment.metrics.MetricRow;
import org.deutero.experiment.report.ReportData.Layer;
import org.deutero.learn.Capability;
import org.deutero.learn.Seeds;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.ActiveUnits;
import org.deutero.learn.capability.StructuredLearner;
import org.deutero.learn.evaluate.Evaluator;
import org.deutero.learn.evaluate.Overlap;
import org.deutero.learn.meta.MetaState;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * Which units a learner used for the first test tasks, if it can tell.
 *
 * @param layers in order, for the report
 * @param row for the log; empty if the learner cannot tell
 */
record FoundStructure(List<Layer> layers, Optional<MetricRow.Structure> row) {
    private static final int TASKS = 24;
    static final FoundStructure NONE = new FoundStructure(List.of(), Optional.empty());

    /** Lets the learner learn some test tasks and asks it. */
    @SuppressWarnings("try") // the scope works by being open
    static FoundStructure of(Experiment experiment, TaskSet data, MetaState state) {
        Optional<StructuredLearner<Episodes>> structured = Capability.of(experiment.learner(), StructuredLearner.class);
        if (structured.isEmpty()) {
            return NONE;
        }
        StructuredLearner<Episodes> learner = structured.get();
        try (Scope s = Scope.open()) {
            long seed = Seeds.branch(experiment.seed(), "test");
            Episodes tasks = data.test().sample(TASKS, Evaluator.stream(seed));
            TaskContext context = TaskContext.evaluation(Seeds.branch(seed, "structure"), state.statistics());
            Params phi = Learning.adapt(learner, state.theta(), tasks, context);
            int steps = learner.evaluationSteps(tasks);
            ActiveUnits found =
                    GradMode.off(() -> learner.activeUnits(state.theta(), phi, tasks, context.at(steps, false)));
            return of(found);
        }
    }

    private static FoundStructure of(ActiveUnits found) {
        List<Layer> layers = new ArrayList<>();
        for (String name : found.weights().names()) {
            boolean units = found.units().has(name);
            Overlap none = new Overlap(Double.NaN, Double.NaN);
            Overlap ofUnits = units ? Overlap.of(found.units().get(name)) : none;
            Overlap ofWeights = Overlap.of(found.weights().get(name));
            layers.add(new Layer(
                    name,
                    units ? rows(found.strength().get(name)) : new float[0][],
                    ofUnits.share(),
                    ofUnits.jaccard(),
                    ofWeights.share(),
                    ofWeights.jaccard()));
        }
        Map<String, Double> numbers = new LinkedHashMap<>();
        Overlap units = Overlap.of(found.units());
        Overlap weights = Overlap.of(found.weights());
        numbers.put("units-active", units.share());
        numbers.put("units-overlap", units.jaccard());
        numbers.put("weights-active", weights.share());
        numbers.put("weights-overlap", weights.jaccard());
        numbers.putAll(found.numbers());
        return new FoundStructure(layers, Optional.of(new MetricRow.Structure(TASKS, numbers)));
    }

    private static float[][] rows(Tensor strength) {
        return IntStream.range(0, (int) strength.size(0))
                .mapToObj(i -> strength.select(0, i).floats())
                .toArray(float[][]::new);
    }
}
