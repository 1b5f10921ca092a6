package org.deutero.tasks.source;

import java.util.List;
import java.util.Optional;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.images.LabelledImages;

/**
 * The tasks of an experiment, with their data in memory.
 *
 * @param train tasks to meta-train on
 * @param validation tasks to choose by, if the data has a part for that
 * @param test tasks to report on
 * @param illustration tasks like the test's, in a form fit for pictures
 * @param images the pictures that tasks are drawn from, if they are
 * @param bySize tasks to test on by how many points are shown, where that is asked for
 * @param training the pictures of a classifier of fixed classes, where it is of interest which labels it believes
 */
public record TaskSet(
        TaskSource<Episodes> train,
        Optional<TaskSource<Episodes>> validation,
        TaskSource<Episodes> test,
        TaskSource<Episodes> illustration,
        Optional<LabelledImages> images,
        List<SizedTasks> bySize,
        Optional<TrainingPictures> training) {
    /** Tasks without labels in doubt. */
    public TaskSet(
            TaskSource<Episodes> train,
            Optional<TaskSource<Episodes>> validation,
            TaskSource<Episodes> test,
            TaskSource<Episodes> illustration,
            Optional<LabelledImages> images,
            List<SizedTasks> bySize) {
        this(train, validation, test, illustration, images, bySize, Optional.empty());
    }

    /** Tasks of one size. */
    public TaskSet(
            TaskSource<Episodes> train,
            Optional<TaskSource<Episodes>> validation,
            TaskSource<Episodes> test,
            TaskSource<Episodes> illustration,
            Optional<LabelledImages> images) {
        this(train, validation, test, illustration, images, List.of());
    }

    /** The same tasks, drawn from pictures whose labels are in doubt. */
    public TaskSet with(TrainingPictures pictures) {
        return new TaskSet(train, validation, test, illustration, images, bySize, Optional.of(pictures));
    }
}
