package org.deutero.experiment.rule;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import org.deutero.experiment.report.Standing.Pace;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Predictor;
import org.deutero.learn.Seeds;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.learn.meta.MetaState;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.problem.Problems;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Scope;

/** What a step of training takes for a problem by itself, as in use; in a race many are trained side by side. */
final class StepTime {
    private static final int BEFORE = 10;
    private static final int MEASURED = 41;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private StepTime() {}

    /** Trains a problem for some steps on this thread. */
    static Pace of(String name, Predictor<Problems> learner, MetaState state, TaskSource<Problems> source) {
        List<Long> processor = new ArrayList<>();
        List<Long> wall = new ArrayList<>();
        try (Scope s = Scope.open()) {
            Problems drawn = source.sample(1, Seeds.generator(0, "time"));
            Problems problem = new Problems(drawn.problem(), drawn.seeds(), BEFORE + MEASURED + 1);
            Lifetime<Problems> lifetime =
                    new Lifetime<>(learner, state.theta(), problem, TaskContext.evaluation(0, state.statistics()));
            GradMode.off(() -> lifetime.run(Trace.NONE, (before, step, scope) -> {
                processor.add(THREADS.getCurrentThreadCpuTime());
                wall.add(System.nanoTime());
            }));
        }
        return new Pace(name, median(processor), median(wall));
    }

    /** Of the differences, in milliseconds. */
    private static double median(List<Long> times) {
        double[] steps = new double[MEASURED];
        for (int i = 0; i < MEASURED; i++) {
            steps[i] = (times.get(BEFORE + i + 1) - times.get(BEFORE + i)) / 1e6;
        }
        java.util.Arrays.sort(steps);
        return steps[MEASURED / 2];
    }
}
