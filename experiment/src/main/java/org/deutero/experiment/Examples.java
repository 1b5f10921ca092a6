package org.deutero.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deutero.experiment.course.Courses;
import org.deutero.experiment.measure.QueryAnswers;
import org.deutero.experiment.report.Course;
import org.deutero.experiment.report.ReportData.Adaptation;
import org.deutero.experiment.report.ReportData.Band;
import org.deutero.experiment.report.ReportData.Completion;
import org.deutero.experiment.report.ReportData.Episode;
import org.deutero.experiment.report.ReportData.Reading;
import org.deutero.experiment.report.Strip;
import org.deutero.learn.Capability;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Passage;
import org.deutero.learn.Predictor;
import org.deutero.learn.Seeds;
import org.deutero.learn.TaskContext;
import org.deutero.learn.Trace;
import org.deutero.learn.capability.ProbabilisticLearner;
import org.deutero.learn.meta.MetaState;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.Tasks;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * A few test tasks with what the learner made of them, for the report.
 *
 * @param episodes of classifications
 * @param adaptations of regressions
 * @param bands of regressions on one variable by learners that know how sure they are
 * @param completions of pictures by such learners
 * @param readings of regressions on pictures
 * @param courses of tasks that are no episodes
 * @param strips of episodes in worlds
 */
public record Examples(
        List<Episode> episodes,
        List<Adaptation> adaptations,
        List<Band> bands,
        List<Completion> completions,
        List<Reading> readings,
        List<Course> courses,
        List<Strip> strips) {
    static final Examples NONE = new Examples(List.of(), List.of());

    /** Tasks over which the mean is taken that stands beside single ones, but no more than are tested. */
    private static final int MANY = 50;

    private Examples(List<Episode> episodes, List<Adaptation> adaptations) {
        this(episodes, adaptations, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** Draws tasks that are no episodes and lets the learner learn them. */
    @SuppressWarnings("try") // the scope works by being open
    static <T extends TaskBatch<T>> Examples of(Experiment experiment, Joint<T> joint, Tasks<T> data, MetaState state) {
        int number = experiment.measurement().examples();
        if (number == 0) {
            return NONE;
        }
        try (Scope s = Scope.open();
                MetaState start = experiment.drawn(joint)) {
            int many = Math.max(number, Math.min(MANY, experiment.measurement().tasks()));
            T tasks = data.test().sample(many, Seeds.generator(experiment.seed(), "examples"));
            Courses<T> courses = new Courses<>(
                    joint.learner(),
                    state,
                    start.theta(),
                    joint.measure(),
                    joint.groups(),
                    Seeds.branch(experiment.seed(), "examples"));
            return new Examples(
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    courses.of(joint.kind(), tasks, number),
                    courses.strips(joint.kind(), tasks));
        }
    }

    /** Draws tasks and lets the learner learn them. */
    @SuppressWarnings("try") // the scope works by being open
    static Examples of(Experiment experiment, TaskSet data, MetaState state) {
        int number = experiment.measurement().examples();
        if (number == 0) {
            return NONE;
        }
        Optional<ProbabilisticLearner<Episodes>> sure = Capability.of(experiment.learner(), ProbabilisticLearner.class);
        TaskShape shape = experiment.tasks().shape();
        boolean numbersOfPictures = shape.areImages() && !shape.classification();
        if (sure.isPresent() && !numbersOfPictures) {
            Beliefs beliefs = new Beliefs(experiment, sure.get(), data, state);
            return new Examples(
                    List.of(),
                    List.of(),
                    beliefs.bands(number),
                    beliefs.completions(number),
                    List.of(),
                    List.of(),
                    List.of());
        }
        try (Scope s = Scope.open()) {
            Episodes tasks = data.illustration().sample(number, Seeds.generator(experiment.seed(), "examples"));
            TaskContext context =
                    TaskContext.evaluation(Seeds.branch(experiment.seed(), "examples"), state.statistics());
            List<Tensor> outputs = GradMode.off(() -> learn(experiment.learner(), state.theta(), tasks, context));
            if (numbersOfPictures) {
                List<Reading> readings = readings(tasks, outputs.get(outputs.size() - 1));
                return new Examples(List.of(), List.of(), List.of(), List.of(), readings, List.of(), List.of());
            }
            return tasks.classification()
                    ? new Examples(episodes(tasks, outputs.get(outputs.size() - 1)), List.of())
                    : new Examples(List.of(), adaptations(tasks, outputs));
        }
    }

    /** Outputs before the first step and after each. */
    private static List<Tensor> learn(Predictor<Episodes> learner, Params theta, Episodes tasks, TaskContext context) {
        List<Tensor> outputs = new ArrayList<>();
        Lifetime<Episodes> lifetime = new Lifetime<>(learner, theta, tasks, context);
        Passage end = lifetime.run(
                Trace.NONE,
                (before, step, scope) -> outputs.add(scope.keep(
                        lifetime.predict(before.state(), before.age()).detach())));
        outputs.add(lifetime.predict(end.state(), end.age()).detach());
        return outputs;
    }

    /** Functions of one variable as a learner comes to see them; none for other tasks. */
    public static List<Adaptation> adaptations(
            Predictor<Episodes> learner, MetaState state, Episodes tasks, long seed) {
        TaskContext context = TaskContext.evaluation(seed, state.statistics());
        return adaptations(tasks, GradMode.off(() -> learn(learner, state.theta(), tasks, context)));
    }

    private static List<Episode> episodes(Episodes tasks, Tensor logits) {
        return episodes(tasks, QueryAnswers.of(logits));
    }

    /** Tasks of pictures with the answers that were given; none for tasks without pictures. */
    public static List<Episode> episodes(Episodes tasks, List<QueryAnswers> answers) {
        long[] shape = tasks.inputShape();
        if (shape.length != 3) {
            return List.of();
        }
        return IntStream.range(0, tasks.size())
                .mapToObj(i -> new Episode(
                        (int) shape[0],
                        (int) shape[1],
                        (int) shape[2],
                        items(tasks.supportX().select(0, i)),
                        labels(tasks.supportY().select(0, i)),
                        items(tasks.queryX().select(0, i)),
                        labels(tasks.queryY().select(0, i)),
                        answers.get(i).predicted(),
                        answers.get(i).probability()))
                .toList();
    }

    /** Queries in ascending order make the curves; only functions of one variable can be drawn. It is the first number of inputs whose others are the same in all of a task. */
    private static List<Adaptation> adaptations(Episodes tasks, List<Tensor> outputs) {
        List<Adaptation> adaptations = new ArrayList<>();
        for (int i = 0; i < tasks.size() && onOneVariable(tasks, i); i++) {
            double[] x = first(tasks.queryX().select(0, i));
            int[] order = IntStream.range(0, x.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(q -> x[q]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            int task = i;
            adaptations.add(new Adaptation(
                    ordered(x, order),
                    ordered(tasks.queryY().select(0, i).reshape(-1).doubles(), order),
                    outputs.stream()
                            .map(all -> ordered(all.select(0, task).reshape(-1).doubles(), order))
                            .toList(),
                    first(tasks.supportX().select(0, i)),
                    tasks.supportY().select(0, i).reshape(-1).doubles()));
        }
        return adaptations;
    }

    private static boolean onOneVariable(Episodes tasks, int task) {
        long[] shape = tasks.inputShape();
        if (shape.length != 1) {
            return false;
        }
        Tensor rest = Tensors.cat(
                        List.of(tasks.supportX().select(0, task), tasks.queryX().select(0, task)), 0)
                .slice(1, 1, shape[0]);
        return shape[0] == 1 || rest.sub(rest.slice(0, 0, 1)).abs().sum().item() == 0;
    }

    /** The first number of each input [n, features]. */
    private static double[] first(Tensor x) {
        return x.slice(1, 0, 1).reshape(-1).doubles();
    }

    /** Pictures with the numbers that are told of them. */
    private static List<Reading> readings(Episodes tasks, Tensor outputs) {
        long[] shape = tasks.inputShape();
        return IntStream.range(0, tasks.size())
                .mapToObj(i -> new Reading(
                        (int) shape[0],
                        (int) shape[1],
                        (int) shape[2],
                        items(tasks.supportX().select(0, i)),
                        numbers(tasks.supportY().select(0, i)),
                        items(tasks.queryX().select(0, i)),
                        numbers(tasks.queryY().select(0, i)),
                        numbers(outputs.select(0, i))))
                .toList();
    }

    private static double[][] numbers(Tensor values) {
        int n = (int) values.size(0);
        return IntStream.range(0, n)
                .mapToObj(i -> values.select(0, i).reshape(-1).doubles())
                .toArray(double[][]::new);
    }

    private static double[] ordered(double[] values, int[] order) {
        return IntStream.of(order).mapToDouble(q -> values[q]).toArray();
    }

    private static float[][] items(Tensor pictures) {
        int n = (int) pictures.size(0);
        return IntStream.range(0, n)
                .mapToObj(i -> pictures.select(0, i).reshape(-1).floats())
                .toArray(float[][]::new);
    }

    private static int[] labels(Tensor labels) {
        long[] values = labels.longs();
        return IntStream.range(0, values.length).map(i -> (int) values[i]).toArray();
    }
}
