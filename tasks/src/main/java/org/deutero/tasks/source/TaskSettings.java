package org.deutero.tasks.source;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Objective;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.images.ImageFormat;

/** The {@code tasks} section of a recipe, read but with no data loaded yet. */
public interface TaskSettings {
    /** Whether this source gives episodes, which most do. */
    default boolean givesEpisodes() {
        return true;
    }

    /** Other kinds of tasks that this source gives, the one it is made for first. */
    default List<Offer<?, ?>> offers() {
        return List.of();
    }

    /** Tasks in a few words. */
    default String describe() {
        return shape().toString();
    }

    /** What learners of episodes are built for. @throws org.deutero.options.OptionsException if this source gives none */
    TaskShape shape();

    /** Classes of a training task; 0 for regression. */
    int trainWay();

    /** Items to learn from in a test task. */
    int supportSize();

    /** Tasks whose examples fit into one batch without wasting memory: the default size of a shard. */
    int convenientShard();

    /** Test tasks worth showing in a report. */
    default int examples() {
        return 2;
    }

    /** Whether meta-training draws mini-batches of all training classes instead of tasks. */
    default boolean pretrains() {
        return false;
    }

    /** Whether a task is to be measured while it is learned, rather than by queries afterwards. */
    default boolean streams() {
        return false;
    }

    /** Whether a task is a sequence of items of classes, to be measured by how often the class has appeared. */
    default boolean sequences() {
        return false;
    }

    /** Whether labels of meta-training may be scrambled task by task: tasks are episodes of one size, in no order, whose labels are classes or numbers. */
    default boolean takesLabelKeys() {
        return givesEpisodes()
                && !streams()
                && !pretrains()
                && !fixedClasses()
                && shape().objective() != Objective.PULLED_ARM;
    }

    /** After which targets begin again, where they lie on a circle, such as angles. */
    default double period() {
        return 1;
    }

    /** Whether a class is the same in all tasks, so that what is learned about classes may last. */
    default boolean fixedClasses() {
        return false;
    }

    /** Name of what regressions are measured by. */
    default String regressionMeasure() {
        return "mse";
    }

    /** The form of pictures that are inputs, where the learner can be used on other pictures; empty where tasks are not about pictures. */
    default Optional<PictureInputs> pictureInputs() {
        return Optional.empty();
    }

    /** The form of pictures that tasks are functions on; empty where they are not. */
    default Optional<ImageFormat> completed() {
        return Optional.empty();
    }

    /** Factor on rewards; 1 where there are none. */
    default double rewardScale() {
        return 1;
    }

    /** Kinds of test tasks that are measured each by itself, too, by name; none for most sources. */
    default SortedMap<String, TaskSource<Episodes>> kinds() {
        return Collections.emptySortedMap();
    }

    /** Loads the data. @throws org.deutero.tasks.DataException if it is missing or does not fit the settings */
    TaskSet load(LoadListener listener);

    /** Loads the data without telling anybody how far that is. */
    default TaskSet load() {
        return load(LoadListener.NONE);
    }
}
