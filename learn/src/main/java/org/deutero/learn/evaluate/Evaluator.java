package org.deutero.learn.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.deutero.learn.MetaState;
import org.deutero.learn.Predictor;
import org.deutero.learn.Seeds;
import org.deutero.learn.TaskContext;
import org.deutero.learn.run.Turns;
import org.deutero.learn.run.Workers;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/**
 * Lets a trained learner learn tasks it has never seen, and measures it.
 *
 * @param source of test tasks
 * @param measure of success
 * @param tasks number of tasks
 * @param shard tasks in a batch; changes no task, but which random numbers a learner draws that draws any
 * @param seed of the tasks: equal seeds give equal tasks, for every learner
 * @param <T> tasks in a batch
 */
public record Evaluator<T extends TaskBatch<T>>(
        TaskSource<T> source, Measure<T> measure, int tasks, int shard, long seed) {
    /** Measures after the last step only. */
    public Evaluation atEnd(Predictor<T> learner, MetaState state, Workers workers) {
        return evaluate(learner, state, workers, false, (first, batch, outputs) -> {});
    }

    /** Measures before the first step and after every step. */
    public Evaluation bySteps(Predictor<T> learner, MetaState state, Workers workers) {
        return bySteps(learner, state, workers, (first, batch, outputs) -> {});
    }

    /** The same, with a witness of the last outputs. */
    public Evaluation bySteps(Predictor<T> learner, MetaState state, Workers workers, Witness<T> witness) {
        return evaluate(learner, state, workers, true, witness);
    }

    /** Where the tasks of an evaluation come from: drawing them again from here gives the same ones, in the same order. */
    public static RandomGenerator stream(long seed) {
        return Seeds.generator(seed, "evaluation-tasks");
    }

    private Evaluation evaluate(
            Predictor<T> learner, MetaState state, Workers workers, boolean everyStep, Witness<T> witness) {
        int shards = (tasks + shard - 1) / shard;
        // One stream for all tasks, drawn in order, so that the tasks do not depend on how they are cut into shards.
        RandomGenerator stream = stream(seed);
        Turns turns = new Turns();
        List<List<float[]>> results = workers.map(shards, i -> {
            int n = Math.min(shard, tasks - i * shard);
            try (Scope s = Scope.open()) {
                T batch = turns.take(i, () -> source.sample(n, stream));
                TaskContext context = TaskContext.evaluation(Seeds.branch(seed, "evaluation", i), state.statistics());
                return GradMode.off(() -> learn(
                        learner,
                        state.theta(),
                        batch,
                        context,
                        everyStep,
                        outputs -> witness.see(i * shard, batch, outputs)));
            }
        });
        List<double[]> perTask = new ArrayList<>();
        for (int step = 0; step < results.get(0).size(); step++) {
            double[] row = new double[tasks];
            for (int i = 0; i < shards; i++) {
                float[] part = results.get(i).get(step);
                for (int j = 0; j < part.length; j++) {
                    row[i * shard + j] = part[j];
                }
            }
            perTask.add(row);
        }
        return new Evaluation(measure.name(), perTask);
    }

    private List<float[]> learn(
            Predictor<T> learner,
            Params theta,
            T batch,
            TaskContext context,
            boolean everyStep,
            Consumer<Tensor> atEnd) {
        List<float[]> rows = new ArrayList<>();
        int steps = learner.evaluationSteps(batch);
        Params phi = learner.begin(theta, batch, context.at(0, false));
        for (int t = 0; ; t++) {
            try (Scope s = Scope.open()) {
                if (everyStep || t == steps) {
                    Tensor outputs = learner.predict(theta, phi, batch, context.at(t, false));
                    rows.add(measure.of(outputs, batch).floats());
                    if (t == steps) {
                        atEnd.accept(outputs);
                    }
                }
                if (t == steps) {
                    return rows;
                }
                phi = s.keep(learner.step(theta, phi, batch, context.at(t, false))
                        .state()
                        .detach());
            }
        }
    }
}
