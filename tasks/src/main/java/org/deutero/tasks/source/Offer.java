package org.deutero.tasks.source;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.kind.TaskKind;

/**
 * What a source gives that is not episodes.
 *
 * @param <T> tasks in a batch
 * @param <S> what a learner must know of them
 */
public interface Offer<T extends TaskBatch<T>, S> {
    /** The kind of tasks. */
    TaskKind<T, S> kind();

    /** What learners are built for. */
    S task();

    /** Names of what learners can be measured by, the usual measure first. */
    List<String> measures();

    /** Which appearance of its class each step of a task shows, [tasks][steps]; empty where steps do not belong to classes. */
    default Optional<Function<T, int[][]>> instances() {
        return Optional.empty();
    }

    /** The tasks with what a step is about to show in place of what is held out, for learners that are measured while they learn; the tasks as they are if there is no such thing. */
    default T upcoming(T tasks, int step, int steps) {
        return tasks;
    }

    /**
     * The tasks, with their data in memory.
     *
     * @param episodes of the same source, loaded already; empty if it gives none
     * @throws org.deutero.tasks.DataException if data are missing or do not fit the settings
     */
    Tasks<T> tasks(Optional<TaskSet> episodes, LoadListener listener);
}
