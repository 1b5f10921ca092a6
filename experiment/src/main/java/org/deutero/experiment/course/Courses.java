package org.deutero.experiment.course;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deutero.experiment.report.Course;
import org.deutero.experiment.report.Strip;
import org.deutero.learn.Capability;
import org.deutero.learn.Lifetime;
import org.deutero.learn.Predictor;
import org.deutero.learn.TaskContext;
import org.deutero.learn.capability.AdaptivePolicy;
import org.deutero.learn.capability.StatewiseObjective;
import org.deutero.learn.evaluate.Evaluator;
import org.deutero.learn.evaluate.Measure;
import org.deutero.learn.meta.MetaState;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.problem.Problems;
import org.deutero.tasks.sequence.Sequences;
import org.deutero.tasks.world.Worlds;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;

/**
 * How a learner does on some test tasks, for reports.
 *
 * @param learner who learns
 * @param trained its meta-parameters and statistics
 * @param start its meta-parameters as they are drawn, before any training
 * @param measure of success
 * @param groups of steps that belong together, where there are such
 * @param seed of whatever the learner draws
 * @param <T> tasks in a batch
 */
public record Courses<T extends TaskBatch<T>>(
        Predictor<T> learner,
        MetaState trained,
        Params start,
        Measure<T> measure,
        Optional<Evaluator.Groups<T>> groups,
        long seed) {
    /** What is drawn of one kind of tasks. */
    @FunctionalInterface
    private interface Drawn<T extends TaskBatch<T>> {
        List<Course> of(Courses<T> how, T tasks, int shown);
    }

    private static final Map<TaskKind<?, ?>, Drawn<?>> ALL = Map.of(
            TaskKind.WORLDS,
            (Drawn<Worlds>) (how, tasks, shown) -> ofWorlds(how, tasks, shown),
            TaskKind.PROBLEMS,
            (Drawn<Problems>) (how, tasks, shown) ->
                    TrainingCourses.of(how.lifetime(how.trained.theta(), tasks), how.lifetime(how.start, tasks), shown),
            TaskKind.SEQUENCES,
            (Drawn<Sequences>) (how, tasks, shown) -> SequenceCourses.of(
                    how.learner, how.lifetime(how.trained.theta(), tasks), how.measure, how.groups, shown));

    /**
     * Lets it learn.
     *
     * @param kind of the tasks
     * @param tasks over all of which means are taken
     * @param shown tasks that are drawn each by itself
     * @return none for kinds that are not drawn so
     */
    @SuppressWarnings({"unchecked", "try"}) // what is drawn stands under its kind; the scope works by being open
    public List<Course> of(TaskKind<T, ?> kind, T tasks, int shown) {
        Drawn<T> drawn = (Drawn<T>) ALL.get(kind);
        if (drawn == null) {
            return List.of();
        }
        try (Scope s = Scope.open()) {
            return GradMode.off(() -> drawn.of(this, tasks, Math.min(shown, tasks.size())));
        }
    }

    private static List<Course> ofWorlds(Courses<Worlds> how, Worlds tasks, int shown) {
        Lifetime<Worlds> trained = how.lifetime(how.trained.theta(), tasks);
        Optional<AdaptivePolicy> policy = Capability.of(how.learner, AdaptivePolicy.class);
        return policy.isPresent()
                ? PracticeCourses.of(policy.get(), trained, how.lifetime(how.start, tasks), shown)
                : LifetimeCourses.of(how.learner, trained, shown);
    }

    /**
     * Lets it live, and draws what it sees.
     *
     * @return none for other kinds of tasks than worlds, and for worlds that are not drawn
     */
    @SuppressWarnings({"unchecked", "try"}) // worlds stand under their kind; the scope works by being open
    public List<Strip> strips(TaskKind<T, ?> kind, T tasks) {
        if (!kind.equals(TaskKind.WORLDS)) {
            return List.of();
        }
        try (Scope s = Scope.open()) {
            Lifetime<Worlds> lives = (Lifetime<Worlds>) lifetime(trained.theta(), tasks);
            return GradMode.off(() -> {
                List<Strip> strips =
                        new ArrayList<>(EpisodeStrips.of((Predictor<Worlds>) (Predictor<?>) learner, lives));
                learner.as(StatewiseObjective.class)
                        .ifPresent(objective -> strips.addAll(PushStrips.of(objective, lives)));
                return strips;
            });
        }
    }

    private Lifetime<T> lifetime(Params theta, T tasks) {
        return new Lifetime<>(learner, theta, tasks, TaskContext.evaluation(seed, trained.statistics()));
    }
}
