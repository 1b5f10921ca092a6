package org.deutero.learn.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.Predictor;
import org.deutero.learn.Seeds;
import org.deutero.learn.Trace;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.shards.Shards;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.TaskSource;
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
    /** Name of the measure of {@link #metaLoss}. */
    public static final String META_LOSS = "meta-loss";

    /**
     * What a learner is measured on before a step.
     *
     * @param <T> tasks in a batch
     */
    @FunctionalInterface
    public interface Upcoming<T> {
        /** The batch with other queries: what step {@code step} of {@code steps} will show. */
        T of(T batch, int step, int steps);
    }

    /** Measures after the last step only. */
    public Evaluation atEnd(Predictor<T> learner, MetaState state, Shards shards) {
        return evaluate(learner, state, shards, (lifetime, shard) -> learn(learner, lifetime, false, outputs -> {}));
    }

    /**
     * Measures before every step, on what that step will show: first predicted, then learned from (prequentially; Dawid 1984). The measure of an online learner.
     *
     * @return one row a step
     */
    public Evaluation prequential(Predictor<T> learner, MetaState state, Shards shards, Upcoming<T> upcoming) {
        return evaluate(learner, state, shards, (lifetime, shard) -> stream(learner, lifetime, upcoming));
    }

    /**
     * Measures before every step like {@link #prequential(Predictor, MetaState, Shards, Upcoming)}, and after the last one on the tasks as they are.
     *
     * @return one row a step, and one of the end
     */
    public Evaluation throughout(Predictor<T> learner, MetaState state, Shards shards, Upcoming<T> upcoming) {
        return evaluate(learner, state, shards, (lifetime, shard) -> {
            List<float[]> rows = new ArrayList<>();
            Passage end = follow(learner, lifetime, upcoming, rows);
            rows.add(measure.of(outputs(learner, lifetime, end, lifetime.tasks()), lifetime.tasks())
                    .floats());
            return rows;
        });
    }

    /**
     * Which steps of a task belong together.
     *
     * @param <T> tasks in a batch
     */
    @FunctionalInterface
    public interface Groups<T> {
        /** [tasks][steps]: numbers from 0, of which no task leaves one out. */
        int[][] of(T batch);
    }

    /**
     * Measures before every step like {@link #prequential(Predictor, MetaState, Shards, Upcoming)}, and takes the mean over steps that belong together, such as the first appearances of all classes, the second, and so on.
     *
     * @return one row a group
     */
    public Evaluation prequential(
            Predictor<T> learner, MetaState state, Shards shards, Upcoming<T> upcoming, Groups<T> groups) {
        return evaluate(
                learner,
                state,
                shards,
                (lifetime, shard) -> means(stream(learner, lifetime, upcoming), groups.of(lifetime.tasks())));
    }

    /** Rows of groups, of rows of steps. */
    private static List<float[]> means(List<float[]> steps, int[][] groups) {
        int number = Arrays.stream(groups[0]).max().orElseThrow() + 1;
        List<float[]> rows = new ArrayList<>();
        for (int g = 0; g < number; g++) {
            float[] row = new float[groups.length];
            for (int task = 0; task < row.length; task++) {
                double sum = 0;
                int members = 0;
                for (int step = 0; step < steps.size(); step++) {
                    if (groups[task][step] == g) {
                        sum += steps.get(step)[task];
                        members++;
                    }
                }
                row[task] = (float) (sum / members);
            }
            rows.add(row);
        }
        return rows;
    }

    /** The meta-loss on test tasks, losses met on the way included: exactly what meta-training lowers. */
    public Evaluation metaLoss(Predictor<T> learner, MetaState state, Shards shards) {
        List<double[]> losses = evaluate(
                        learner,
                        state,
                        shards,
                        (lifetime, shard) -> List.of(lifetime.losses(lifetime.run(Trace.NONE), Trace.NONE)
                                .floats()))
                .perTask();
        return new Evaluation(META_LOSS, losses);
    }

    /** Measures before the first step and after every step. */
    public Evaluation bySteps(Predictor<T> learner, MetaState state, Shards shards) {
        return bySteps(learner, state, shards, (first, batch, outputs) -> {});
    }

    /** The same, with a witness of the last outputs. */
    public Evaluation bySteps(Predictor<T> learner, MetaState state, Shards shards, Witness<T> witness) {
        return evaluate(
                learner,
                state,
                shards,
                (lifetime, shard) -> learn(
                        learner,
                        lifetime,
                        true,
                        outputs -> witness.see(shard * this.shard, lifetime.tasks(), outputs)));
    }

    /** Where the tasks of an evaluation come from: drawing them again from here gives the same ones, in the same order. */
    public static RandomGenerator stream(long seed) {
        return Seeds.generator(seed, "evaluation-tasks");
    }

    private Evaluation evaluate(Predictor<T> learner, MetaState state, Shards shards, Measurement.Work<T> work) {
        var measurement = new Measurement<>(source, seed, tasks, shard, learner, state, work);
        List<List<float[]>> results = shards.run(measurement);
        List<double[]> perTask = new ArrayList<>();
        for (int step = 0; step < results.get(0).size(); step++) {
            double[] row = new double[tasks];
            for (int i = 0; i < results.size(); i++) {
                float[] part = results.get(i).get(step);
                for (int j = 0; j < part.length; j++) {
                    row[i * shard + j] = part[j];
                }
            }
            perTask.add(row);
        }
        return new Evaluation(measure.name(), perTask);
    }

    private List<float[]> learn(Predictor<T> learner, Lifetime<T> lifetime, boolean everyStep, Consumer<Tensor> atEnd) {
        T batch = lifetime.tasks();
        List<float[]> rows = new ArrayList<>();
        Passage end = lifetime.run(Trace.NONE, (before, step, scope) -> {
            if (everyStep) {
                rows.add(measure.of(outputs(learner, lifetime, before, batch), batch)
                        .floats());
            }
        });
        Tensor outputs = outputs(learner, lifetime, end, batch);
        rows.add(measure.of(outputs, batch).floats());
        atEnd.accept(outputs);
        return rows;
    }

    private List<float[]> stream(Predictor<T> learner, Lifetime<T> lifetime, Upcoming<T> upcoming) {
        List<float[]> rows = new ArrayList<>();
        follow(learner, lifetime, upcoming, rows);
        return rows;
    }

    private Passage follow(Predictor<T> learner, Lifetime<T> lifetime, Upcoming<T> upcoming, List<float[]> rows) {
        int steps = lifetime.steps();
        return lifetime.run(Trace.NONE, (before, step, scope) -> {
            T next = upcoming.of(lifetime.tasks(), before.age(), steps);
            rows.add(measure.of(outputs(learner, lifetime, before, next), next).floats());
        });
    }

    private Tensor outputs(Predictor<T> learner, Lifetime<T> lifetime, Passage at, T shown) {
        return measure.outputs(
                learner, lifetime.theta(), at.state(), shown, lifetime.context().at(at.age(), false));
    }
}
