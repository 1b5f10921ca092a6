package org.deutero.app.run;

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
 */
public record TaskSet(
        TaskSource<Episodes> train,
        Optional<TaskSource<Episodes>> validation,
        TaskSource<Episodes> test,
        TaskSource<Episodes> illustration,
        Optional<LabelledImages> images) {}
