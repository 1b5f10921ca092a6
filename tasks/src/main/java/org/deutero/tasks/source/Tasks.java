package org.deutero.tasks.source;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deutero.tasks.TaskBatch;
import org.deutero.tasks.TaskSource;

/**
 * The tasks of an experiment of any kind, with their data in memory.
 *
 * @param train tasks to meta-train on
 * @param validation tasks to choose by, if the data has a part for that
 * @param test tasks to report on
 * @param parts kinds of test tasks that are measured each by itself, too, by name
 */
public record Tasks<T extends TaskBatch<T>>(
        TaskSource<T> train,
        Optional<TaskSource<T>> validation,
        TaskSource<T> test,
        SortedMap<String, TaskSource<T>> parts) {
    /** Tasks without parts. */
    public static <T extends TaskBatch<T>> Tasks<T> of(TaskSource<T> train, TaskSource<T> judged) {
        return new Tasks<>(train, Optional.of(judged), judged, new TreeMap<>());
    }
}
