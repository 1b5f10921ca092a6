package org.deutero.tasks.pictures;

import java.util.Optional;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.source.PictureInputs;
import org.deutero.tasks.source.TaskSettings;

/** Ordinary classification by mini-batches: a task is what one iteration sees, [1, batch, channels, height, width], and the classes are the same in all of them. */
interface ClassifierSettings extends TaskSettings {
    /** How many classes there are. */
    int classes();

    /** Form of the pictures. */
    ImageFormat format();

    /** What an iteration sees. */
    NoisySettings.Batches batches();

    @Override
    default TaskShape shape() {
        return TaskShape.images(format().channels(), format().height(), classes());
    }

    @Override
    default int trainWay() {
        return classes();
    }

    @Override
    default int supportSize() {
        return batches().train();
    }

    @Override
    default int convenientShard() {
        return 1;
    }

    @Override
    default int examples() {
        return 0;
    }

    @Override
    default boolean fixedClasses() {
        return true;
    }

    @Override
    default Optional<PictureInputs> pictureInputs() {
        return batches().plain() ? Optional.of(new PictureInputs(format(), false)) : Optional.empty();
    }
}
