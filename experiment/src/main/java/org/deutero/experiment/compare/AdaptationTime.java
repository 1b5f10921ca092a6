package org.deutero.experiment.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deutero.experiment.measure.Learning;
import org.deutero.learn.Predictor;
import org.deutero.learn.TaskContext;
import org.deutero.learn.evaluate.Evaluator;
import org.deutero.learn.meta.MetaState;
import org.deutero.tasks.TaskBatch;
import org.deutero.tensor.Scope;

/** How long learning one task takes, without answering queries: on one thread, the runs taking turns so that they meet the same disturbances. */
final class AdaptationTime {
    private static final int WARM_UP = 5;
    private static final int ROUNDS = 21;

    private AdaptationTime() {}

    /** Medians in milliseconds, in the order of the runs. */
    @SuppressWarnings("try") // the scope works by being open
    static <T extends TaskBatch<T>> double[] medians(List<Contender<T>> runs) {
        double[][] times = new double[runs.size()][ROUNDS];
        List<RandomGenerator> streams = new ArrayList<>();
        runs.forEach(run -> streams.add(Evaluator.stream(run.seed())));
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            for (int i = 0; i < runs.size(); i++) {
                try (Scope s = Scope.open()) {
                    Contender<T> run = runs.get(i);
                    T task = run.tasks().sample(1, streams.get(i));
                    Predictor<T> learner = run.trained().learner();
                    MetaState state = run.trained().state();
                    TaskContext context = TaskContext.evaluation(run.seed(), state.statistics());
                    long start = System.nanoTime();
                    Learning.adapt(learner, state.theta(), task, context);
                    long end = System.nanoTime();
                    if (round >= 0) {
                        times[i][round] = (end - start) / 1e6;
                    }
                }
            }
        }
        return Arrays.stream(times).mapToDouble(AdaptationTime::median).toArray();
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
