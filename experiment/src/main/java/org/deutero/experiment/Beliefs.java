package org.deutero.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deutero.experiment.measure.Learning;
import org.deutero.experiment.report.ReportData.Band;
import org.deutero.experiment.report.ReportData.Completion;
import org.deutero.learn.Seeds;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.Predictive;
import org.deutero.learn.capability.ProbabilisticLearner;
import org.deutero.learn.meta.MetaState;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.source.SizedTasks;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;

/** What a learner believes of a few test functions, for the report, by how many points it is shown. */
final class Beliefs {
    private static final int SAMPLES = 6;

    private final Experiment experiment;
    private final ProbabilisticLearner<Episodes> learner;
    private final TaskSet data;
    private final MetaState state;

    Beliefs(Experiment experiment, ProbabilisticLearner<Episodes> learner, TaskSet data, MetaState state) {
        this.experiment = experiment;
        this.learner = learner;
        this.data = data;
        this.state = state;
    }

    /** What is believed with so many points shown. */
    private record Level(Episodes tasks, Predictive predictive) {}

    /** Functions of one variable, each with few points and with more; none for other tasks. */
    @SuppressWarnings("try") // the scope works by being open
    List<Band> bands(int functions) {
        try (Scope s = Scope.open()) {
            List<Level> levels = levels(functions);
            Episodes any = levels.get(0).tasks();
            boolean drawable = any.inputShape().length == 1
                    && any.inputShape()[0] == 1
                    && any.queryY().size(2) == 1;
            List<Band> bands = new ArrayList<>();
            for (int i = 0; i < functions && drawable; i++) {
                for (Level level : levels) {
                    bands.add(band(level, i));
                }
            }
            return bands;
        }
    }

    /** Pictures; none where tasks are not pictures. */
    @SuppressWarnings("try") // the scope works by being open
    List<Completion> completions(int pictures) {
        Optional<ImageFormat> format = experiment.tasks().completed();
        if (format.isEmpty()) {
            return List.of();
        }
        try (Scope s = Scope.open()) {
            List<Level> levels = levels(pictures);
            return IntStream.range(0, pictures)
                    .mapToObj(i -> completion(levels, i, format.get()))
                    .toList();
        }
    }

    private List<Level> levels(int number) {
        List<SizedTasks> sizes = data.bySize().isEmpty()
                ? List.of(new SizedTasks(experiment.tasks().supportSize(), data.illustration(), List.of()))
                : data.bySize();
        long seed = Seeds.branch(experiment.seed(), "examples");
        TaskContext context = TaskContext.evaluation(seed, state.statistics());
        List<Level> levels = new ArrayList<>();
        for (SizedTasks size : sizes) {
            Episodes tasks = size.tasks().sample(number, Seeds.generator(experiment.seed(), "examples"));
            Params phi = Learning.adapt(learner, state.theta(), tasks, context);
            int steps = learner.evaluationSteps(tasks);
            levels.add(new Level(
                    tasks,
                    GradMode.off(() -> learner.predictive(state.theta(), phi, tasks, context.at(steps, false)))));
        }
        return levels;
    }

    /** Queries in ascending order make the curves. */
    private static Band band(Level level, int task) {
        double[] x = row(level.tasks().queryX(), task);
        int[] order = IntStream.range(0, x.length)
                .boxed()
                .sorted(Comparator.comparingDouble(q -> x[q]))
                .mapToInt(Integer::intValue)
                .toArray();
        Tensor means = level.predictive().means().select(0, task);
        int samples = (int) means.size(0);
        return new Band(
                ordered(x, order),
                ordered(row(level.tasks().queryY(), task), order),
                ordered(row(level.predictive().mean(), task), order),
                ordered(row(level.predictive().deviation(), task), order),
                IntStream.range(0, samples > 1 ? Math.min(SAMPLES, samples) : 0)
                        .mapToObj(i -> ordered(row(means, i), order))
                        .toList(),
                row(level.tasks().supportX(), task),
                row(level.tasks().supportY(), task));
    }

    private static Completion completion(List<Level> levels, int task, ImageFormat format) {
        return new Completion(
                format.channels(),
                format.height(),
                format.width(),
                pixels(levels.get(0).tasks().queryY(), task, 0.5),
                levels.stream()
                        .map(level -> new Completion.Belief(
                                places(level.tasks(), task, format),
                                pixels(level.predictive().mean(), task, 0.5),
                                pixels(level.predictive().deviation(), task, 0)))
                        .toList());
    }

    /** Which pixels are shown. */
    private static int[] places(Episodes tasks, int task, ImageFormat format) {
        double[] x = row(tasks.supportX(), task);
        return IntStream.range(0, x.length / 2)
                .map(i -> index(x[2 * i], format.height()) * format.width() + index(x[2 * i + 1], format.width()))
                .toArray();
    }

    private static int index(double coordinate, int side) {
        return (int) Math.round(coordinate * side / 2.0 + side / 2.0);
    }

    /** [tasks, pixels, channels] to the planes of one picture. */
    private static float[] pixels(Tensor values, int task, double offset) {
        return values.select(0, task)
                .transpose(0, 1)
                .contiguous()
                .add(offset)
                .reshape(-1)
                .floats();
    }

    private static double[] row(Tensor values, int task) {
        return values.select(0, task).reshape(-1).doubles();
    }

    private static double[] ordered(double[] values, int[] order) {
        return IntStream.of(order).mapToDouble(q -> values[q]).toArray();
    }
}
