package org.deutero.experiment.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.Joint;
import org.deutero.experiment.report.RuleData;
import org.deutero.experiment.report.Standing;
import org.deutero.experiment.report.Standing.Duel;
import org.deutero.experiment.report.Standing.Pace;
import org.deutero.learn.Predictor;
import org.deutero.learn.Seeds;
import org.deutero.learn.evaluate.Evaluation;
import org.deutero.learn.evaluate.Evaluator;
import org.deutero.learn.evaluate.ProblemMeasures;
import org.deutero.learn.evaluate.Summary;
import org.deutero.learn.meta.MetaState;
import org.deutero.learn.shards.Workers;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.problem.Problems;
import org.deutero.tasks.source.Tasks;

/**
 * A learned optimiser and plain ones train the same problems from the same starts on the same mini-batches.
 *
 * @param name of the problems
 * @param experiment whose tasks these are
 * @param problems in memory
 * @param tasks problems to measure on
 * @param tuning problems to choose rates by
 * @param workers to work with
 */
record ProblemRace(
        String name, Experiment experiment, Tasks<Problems> problems, int tasks, int tuning, Workers workers) {
    /** Points of a curve grow by this factor, so that early steps are seen one by one. */
    private static final double GROWTH = 1.25;

    /** Who trains. */
    private record Contender(String name, Predictor<Problems> learner, MetaState state) {}

    /** Loads the data. */
    static ProblemRace of(String name, Experiment experiment, int tasks, int tuning, Workers workers) {
        Joint<Problems> joint =
                experiment.joint().as(TaskKind.PROBLEMS, experiment.method().name());
        return new ProblemRace(name, experiment, experiment.load(joint), tasks, tuning, workers);
    }

    /** Pieces of work, for a countdown. */
    static int pieces() {
        return Rival.ALL.stream().mapToInt(rival -> rival.rates().size() + 2).sum() + 1;
    }

    /** Everybody's course on test problems. */
    RuleData.Ground run(String rule, Predictor<Problems> learner, MetaState state, StudyListener listener) {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(new Contender(rule, learner, state));
        for (Rival rival : Rival.ALL) {
            double best = tuned(rival, listener);
            contenders.add(contender(rival, best));
            if (best != rival.usual()) {
                contenders.add(contender(rival, rival.usual()));
            }
        }
        Evaluator<Problems> test = evaluator(problems.test(), tasks, "test");
        List<Evaluation> courses = new ArrayList<>();
        List<Pace> paces = new ArrayList<>();
        for (Contender c : contenders) {
            courses.add(course(test, c.learner(), c.state()));
            paces.add(StepTime.of(c.name(), c.learner(), c.state(), problems.test()));
            listener.done(name + ": " + c.name());
        }
        int[] points = points(courses.get(0).perTask().size() - 1);
        List<RuleData.Curve> curves = new ArrayList<>();
        List<Duel> duels = new ArrayList<>();
        for (int i = 0; i < courses.size(); i++) {
            curves.add(curve(contenders.get(i).name(), courses.get(i), points));
            if (i > 0) {
                Duels pair = new Duels(courses.get(0).perTask(), courses.get(i).perTask());
                duels.add(pair.duel(paces.get(0), paces.get(i), points));
            }
        }
        Standing standing = new Standing(points[points.length - 1], paces, duels);
        return new RuleData.Ground(name, "loss", tasks, true, curves, Optional.of(standing));
    }

    private static Contender contender(Rival rival, double rate) {
        return new Contender(rival.named(rate), rival.at(rate), Race.NOTHING);
    }

    /** The rate with the lowest mean loss over all steps of other problems. */
    private double tuned(Rival rival, StudyListener listener) {
        TaskSource<Problems> others = problems.validation().orElse(problems.test());
        Evaluator<Problems> evaluator = evaluator(others, tuning, "tuning");
        double best = rival.usual();
        double least = Double.POSITIVE_INFINITY;
        for (double rate : rival.rates()) {
            Evaluation course = course(evaluator, rival.at(rate), Race.NOTHING);
            Summary losses = new Evaluation(
                            course.measure(),
                            course.perTask().subList(0, course.perTask().size() - 1))
                    .overall();
            if (losses.diverged() == 0 && losses.mean() < least) {
                best = rate;
                least = losses.mean();
            }
            listener.done(name + ": trying " + rival.name());
        }
        return best;
    }

    private Evaluator<Problems> evaluator(TaskSource<Problems> source, int number, String purpose) {
        return new Evaluator<>(
                source,
                ProblemMeasures.HELD_OUT_LOSS,
                number,
                experiment.measurement().shard(),
                Seeds.branch(experiment.seed(), purpose));
    }

    private Evaluation course(Evaluator<Problems> evaluator, Predictor<Problems> learner, MetaState state) {
        return evaluator.throughout(learner, state, workers, (batch, step, steps) -> batch.upcoming(step));
    }

    /** First steps of stretches that grow, and the end of the last. */
    static int[] points(int steps) {
        List<Integer> points = new ArrayList<>();
        int at = 0;
        while (at < steps) {
            points.add(at);
            at = Math.max(at + 1, (int) (at * GROWTH));
        }
        points.add(steps);
        return points.stream().mapToInt(Integer::intValue).toArray();
    }

    private RuleData.Curve curve(String contender, Evaluation course, int[] points) {
        Summary[] summaries = new Summary[points.length - 1];
        double[] steps = new double[points.length - 1];
        for (int i = 0; i < summaries.length; i++) {
            List<double[]> rows = course.perTask().subList(points[i], points[i + 1]);
            summaries[i] = Summary.of(new Evaluation(course.measure(), rows).means(0));
            steps[i] = (points[i] + points[i + 1] - 1) / 2.0;
        }
        int diverged = course.overall().diverged();
        return new RuleData.Curve(
                diverged == 0 ? contender : contender + " (" + diverged + " of " + tasks + " problems diverged)",
                steps,
                Arrays.stream(summaries).mapToDouble(Summary::mean).toArray(),
                Arrays.stream(summaries).mapToDouble(Summary::interval).toArray());
    }
}
