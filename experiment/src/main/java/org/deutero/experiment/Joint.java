package org.deutero.experiment;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.deutero.learn.Predictor;
import org.deutero.learn.evaluate.Evaluator;
import org.deutero.learn.evaluate.Measure;
import org.deutero.options.OptionsException;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;
import org.deutero.tasks.source.Tasks;

/**
 * A method and a source of tasks, joined at a kind of tasks that both have.
 *
 * @param kind of tasks
 * @param learner of the method
 * @param measure of success
 * @param upcoming what a learner is measured on before a step, where it is measured while it learns
 * @param groups of steps that belong together, where there are such
 * @param tasks loads them, given the episodes of the source if it has such
 * @param asEpisodes the same learner and tasks as episodes, where these are of another kind but can be seen so
 * @param <T> tasks in a batch
 */
public record Joint<T extends TaskBatch<T>>(
        TaskKind<T, ?> kind,
        Predictor<T> learner,
        Measure<T> measure,
        Evaluator.Upcoming<T> upcoming,
        Optional<Evaluator.Groups<T>> groups,
        BiFunction<Optional<TaskSet>, LoadListener, Tasks<T>> tasks,
        Optional<Joint<Episodes>> asEpisodes) {

    /** This joint as one of a kind of tasks. @throws OptionsException in one sentence, if it cannot be seen so */
    @SuppressWarnings("unchecked") // equal kinds have equal types
    public <U extends TaskBatch<U>> Joint<U> as(TaskKind<U, ?> wanted, String method) {
        if (kind.equals(wanted)) {
            return (Joint<U>) this;
        }
        if (wanted.equals(TaskKind.EPISODES) && asEpisodes.isPresent()) {
            return (Joint<U>) asEpisodes.get();
        }
        throw new OptionsException(
                "method " + method + " was given " + kind + " to learn, but this needs a learner of " + wanted);
    }

    /** Whether tasks have queries, so that what the learner answers to them can be shown. */
    boolean hasQueries() {
        return kind.equals(TaskKind.EPISODES) || asEpisodes.isPresent();
    }

    /** Why a method and a source cannot be joined. */
    static OptionsException refusal(String method, List<TaskKind<?, ?>> learns, String source, TaskSettings gives) {
        StringBuilder given = new StringBuilder();
        gives.offers()
                .forEach(offer -> given.append(given.isEmpty() ? "" : " or ").append(offer.kind()));
        if (gives.givesEpisodes()) {
            given.append(given.isEmpty() ? "" : " or ").append(TaskKind.EPISODES);
        }
        StringBuilder learned = new StringBuilder();
        learns.forEach(kind -> learned.append(learned.isEmpty() ? "" : " or ").append(kind));
        return new OptionsException("method " + method + " learns " + learned + ", but tasks of " + source + " are "
                + given + "; expected a method that learns " + given + " or a source of " + learned);
    }
}
