package org.deutero.tasks.source;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.images.ImageFormat;

/** Settings that stand before others and answer as these do, except for what they answer themselves; what is loaded is theirs to say. */
public interface ForwardingSettings extends TaskSettings {
    /** The others. */
    TaskSettings tasks();

    @Override
    default boolean givesEpisodes() {
        return tasks().givesEpisodes();
    }

    @Override
    default List<Offer<?, ?>> offers() {
        return tasks().offers();
    }

    @Override
    default String describe() {
        return tasks().describe();
    }

    @Override
    default TaskShape shape() {
        return tasks().shape();
    }

    @Override
    default int trainWay() {
        return tasks().trainWay();
    }

    @Override
    default int supportSize() {
        return tasks().supportSize();
    }

    @Override
    default int convenientShard() {
        return tasks().convenientShard();
    }

    @Override
    default int examples() {
        return tasks().examples();
    }

    @Override
    default boolean pretrains() {
        return tasks().pretrains();
    }

    @Override
    default boolean streams() {
        return tasks().streams();
    }

    @Override
    default boolean sequences() {
        return tasks().sequences();
    }

    @Override
    default boolean takesLabelKeys() {
        return tasks().takesLabelKeys();
    }

    @Override
    default double period() {
        return tasks().period();
    }

    @Override
    default boolean fixedClasses() {
        return tasks().fixedClasses();
    }

    @Override
    default String regressionMeasure() {
        return tasks().regressionMeasure();
    }

    @Override
    default Optional<PictureInputs> pictureInputs() {
        return tasks().pictureInputs();
    }

    @Override
    default Optional<ImageFormat> completed() {
        return tasks().completed();
    }

    @Override
    default double rewardScale() {
        return tasks().rewardScale();
    }

    @Override
    default SortedMap<String, TaskSource<Episodes>> kinds() {
        return tasks().kinds();
    }
}
